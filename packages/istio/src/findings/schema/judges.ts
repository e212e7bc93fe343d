import type { Judge } from '../finding.ts'
import { validated } from './validated.ts'

export const schemaJudges: readonly Judge[] = [validated]
