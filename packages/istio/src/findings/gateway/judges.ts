import type { Judge } from '../finding.ts'
import { credential } from './credential.ts'
import { duplicateCertificate } from './duplicate-certificate.ts'
import { hostsTaken } from './hosts-taken.ts'
import { noRoutes } from './no-routes.ts'
import { noServers } from './no-servers.ts'
import { portNotServed } from './port-not-served.ts'
import { sameServerName } from './same-server-name.ts'
import { selectorEmpty } from './selector-empty.ts'
import { servedCertificate } from './served-certificate.ts'
import { servers } from './servers.ts'

export const gatewayJudges: readonly Judge[] = [
  selectorEmpty,
  portNotServed,
  credential,
  duplicateCertificate,
  hostsTaken,
  sameServerName,
  noServers,
  servedCertificate,
  servers,
  noRoutes,
]
