import type { Judge } from '../finding.ts'
import { ambient } from './ambient.ts'
import { claimsWithoutAuthentication } from './claims-without-authentication.ts'
import { coveredRoutes } from './covered-routes.ts'
import { delegates } from './delegates.ts'
import { destinationPort } from './destination-port.ts'
import { exportNowhere } from './export-nowhere.ts'
import { faults } from './faults.ts'
import { gatewayNotFound } from './gateway-not-found.ts'
import { clientSubsets } from './client-subsets.ts'
import { gatewaySubsets } from './gateway-subsets.ts'
import { halfNamedHosts } from './half-named-hosts.ts'
import { headers } from './headers.ts'
import { hostNotFound } from './host-not-found.ts'
import { hostNotInGateway } from './host-not-in-gateway.ts'
import { hostsConflict } from './hosts-conflict.ts'
import { httpRoutes } from './http-routes.ts'
import { mirrors } from './mirrors.ts'
import { routeProtocols } from './protocols.ts'
import { reach } from './reach.ts'
import { redirects } from './redirects.ts'
import { shares } from './shares.ts'
import { subsetNotFound } from './subset-not-found.ts'
import { subsetRulesElsewhere } from './subset-rules.ts'
import { sniOverlap } from './sni-overlap.ts'
import { sniTaken } from './sni-taken.ts'
import { takenRoutes } from './taken-routes.ts'
import { timeouts } from './timeouts.ts'
import { unservedHosts } from './unserved-hosts.ts'
import { weights } from './weights.ts'

export const virtualServiceJudges: readonly Judge[] = [
  hostNotFound,
  destinationPort,
  gatewayNotFound,
  hostNotInGateway,
  unservedHosts,
  hostsConflict,
  halfNamedHosts,
  httpRoutes,
  subsetNotFound,
  clientSubsets,
  gatewaySubsets,
  subsetRulesElsewhere,
  claimsWithoutAuthentication,
  weights,
  shares,
  timeouts,
  delegates,
  exportNowhere,
  reach,
  ambient,
  takenRoutes,
  sniOverlap,
  sniTaken,
  coveredRoutes,
  routeProtocols,
  faults,
  mirrors,
  redirects,
  headers,
]
