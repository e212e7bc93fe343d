import type { Judge } from '../finding.ts'
import { namespaceInjection } from './injection.ts'

export const namespaceJudges: readonly Judge[] = [namespaceInjection]
