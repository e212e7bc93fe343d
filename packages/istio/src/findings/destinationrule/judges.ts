import type { Judge } from '../finding.ts'
import { hostNotFound } from './host-not-found.ts'
import { subsetEmpty } from './subset-empty.ts'

export const destinationRuleJudges: readonly Judge[] = [hostNotFound, subsetEmpty]
