import { describeWalk } from './walk'

describeWalk('without JavaScript', false)
