import type { Judge } from '../finding.ts'
import { external } from './external.ts'
import { injectors } from './injectors.ts'

export const webhookJudges: readonly Judge[] = [injectors, external]
