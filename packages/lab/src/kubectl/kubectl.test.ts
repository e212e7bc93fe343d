import { kubectlSuite } from './testing/suite.ts'

kubectlSuite('sandbox')
