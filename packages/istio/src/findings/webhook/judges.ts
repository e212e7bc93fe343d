import type { Judge } from '../finding.ts'
import { external } from './external.ts'
import { injectors } from './injectors.ts'
import { noCa } from './no-ca.ts'

export const webhookJudges: readonly Judge[] = [injectors, external, noCa]
