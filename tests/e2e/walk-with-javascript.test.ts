import { describeWalk } from './walk'

describeWalk('the whole job with JavaScript', true)
