import { kubectlSuite } from './testing/suite.ts'

kubectlSuite('lab')
