import { describeWalk } from './walk'

describeWalk('with JavaScript', true)
