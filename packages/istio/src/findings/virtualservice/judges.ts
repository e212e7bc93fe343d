import type { Judge } from '../finding.ts'
import { gatewayNotFound } from './gateway-not-found.ts'
import { hostNotFound } from './host-not-found.ts'
import { subsetNotFound } from './subset-not-found.ts'
import { weights } from './weights.ts'

export const virtualServiceJudges: readonly Judge[] = [hostNotFound, gatewayNotFound, subsetNotFound, weights]
