import type { Judge } from '../finding.ts'
import { hostNotFound } from './host-not-found.ts'
import { noCa } from './no-ca.ts'
import { subsetEmpty } from './subset-empty.ts'

export const destinationRuleJudges: readonly Judge[] = [hostNotFound, noCa, subsetEmpty]
