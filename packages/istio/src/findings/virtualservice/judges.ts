import type { Judge } from '../finding.ts'
import { claimsWithoutAuthentication } from './claims-without-authentication.ts'
import { destinationPort } from './destination-port.ts'
import { gatewayNotFound } from './gateway-not-found.ts'
import { hostNotFound } from './host-not-found.ts'
import { hostNotInGateway } from './host-not-in-gateway.ts'
import { hostsConflict } from './hosts-conflict.ts'
import { subsetNotFound } from './subset-not-found.ts'
import { subsetRulesElsewhere } from './subset-rules.ts'
import { weights } from './weights.ts'

export const virtualServiceJudges: readonly Judge[] = [
  hostNotFound,
  destinationPort,
  gatewayNotFound,
  hostNotInGateway,
  hostsConflict,
  subsetNotFound,
  subsetRulesElsewhere,
  claimsWithoutAuthentication,
  weights,
]
