import { describeWalk } from './walk'

describeWalk('the whole job without JavaScript', false)
