import type { Judge } from '../finding.ts'
import { injectionLabels } from './injection-labels.ts'
import { namespaceInjection } from './injection.ts'

export const namespaceJudges: readonly Judge[] = [namespaceInjection, injectionLabels]
