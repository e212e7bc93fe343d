import { describe } from 'vitest'
import { conformance } from './testing/suite.ts'

describe('real components behave as the checks say', () => conformance('lab', { broken: false }))
