import { type Json, listAt, recordAt, stringsAt } from '@orbweaver/contracts/json'
import { isAddress, subnetProblem } from './addresses.ts'
import { checkGatewayNames } from './gateway-names.ts'
import { generatedDomainProblem } from './generated-domains.ts'
import { checkHttpRoute } from './http-route.ts'
import {
  hostsOverlap,
  hostWithin,
  isJwtClaim,
  labelProblems,
  portProblem,
  quoted,
  wildcardDomainProblem,
} from './names.ts'
import { type Report, withoutWarnings } from './report.ts'
import { checkDestinations, type Semantics } from './route-destinations.ts'
import { type Check, checkExportTo, numberOf, textsAt } from './shared-fields.ts'
import { warnOverlapping, warnUnreachable } from './unreachable-rules.ts'

/** ValidateVirtualService of pkg/config/validation/validation.go. */
export const checkVirtualService: Check = (reviewed, report) => {
  const { spec, annotations } = reviewed
  // Routes that istiod makes of the Gateway API's; nothing keeps others from saying so.
  const gatewayApi = annotations['internal.istio.io/route-semantics'] === 'gateway'
  const hosts = textsAt(spec, 'hosts')
  const gateways = textsAt(spec, 'gateways')
  if (hosts.length === 0) checkDelegate(spec, report)
  checkGatewayNames(gateways, { gatewayApi }, report)
  const forGateway = gateways.length > 0 && !gateways.includes('mesh')
  if (!forGateway) report.error(...jwtRoutingOutsideGateways(spec, gateways))
  checkHosts(hosts, { forGateway, sni: hasSniHosts(spec) }, report)
  const [http, tls, tcp] = [listAt(spec, 'http'), listAt(spec, 'tls'), listAt(spec, 'tcp')]
  if (http.length + tls.length + tcp.length === 0) {
    report.error('http, tcp or tls must be provided in virtual service')
  }
  for (const route of http) checkHttpRoute(route, { delegate: hosts.length === 0, gatewayApi }, report)
  const bound = { hosts, gatewayApi, generated: !gateways.includes('mesh') }
  for (const route of tls) checkTlsRoute(route, bound, report)
  for (const route of tcp) checkTcpRoute(route, gatewayApi, report)
  checkExportTo(reviewed, report, 'plain')
  warnUnreachable(http, report)
  warnOverlapping(http, report)
  warnUnreachable(tcp, report)
  warnUnreachable(tls, report)
}

function checkDelegate(spec: Json | undefined, report: Report): void {
  if (textsAt(spec, 'gateways').length > 0) report.error('delegate virtual service must have no gateways specified')
  if (listAt(spec, 'tls').length > 0) report.error('delegate virtual service must have no tls route specified')
  if (listAt(spec, 'tcp').length > 0) report.error('delegate virtual service must have no tcp route specified')
}

function jwtRoutingOutsideGateways(spec: Json | undefined, gateways: string[]): string[] {
  const matches = listAt(spec, 'http').flatMap((route) => listAt(route, 'match'))
  const keys = matches.flatMap((match) => [
    ...Object.keys(recordAt(match, 'headers')),
    ...Object.keys(recordAt(match, 'withoutHeaders')),
  ])
  return keys
    .filter(isJwtClaim)
    .map(
      (key) =>
        `JWT claim based routing (key: ${key}) is only supported for gateway, found no gateways: [${gateways.join(' ')}]`,
    )
}

const hasSniHosts = (spec: Json | undefined): boolean =>
  listAt(spec, 'tls').some((route) => listAt(route, 'match').some((match) => listAt(match, 'sniHosts').length > 0))

type Hosts = { forGateway: boolean; sni: boolean }

function checkHosts(hosts: string[], { forGateway, sni }: Hosts, report: Report): void {
  let valid = true
  for (const host of hosts) {
    const problem = forGateway && sni ? generatedDomainProblem(host) : wildcardDomainProblem(host)
    if (problem !== undefined) {
      if (isAddress(host)) continue
      report.error(problem)
      valid = false
    } else if (!forGateway && host === '*') {
      report.error('wildcard host * is not allowed for virtual services bound to the mesh gateway')
      valid = false
    }
  }
  if (!valid) return
  hosts.forEach((host, index) => {
    const twins = hosts.slice(index + 1).filter((other) => hostsOverlap(host, other))
    report.error(...twins.map((other) => `duplicate hosts in virtual service: ${host} & ${other}`))
  })
}

/** What a TLS route is bound to. `generated`: its SNI hosts may be names that istiod makes. */
type Bound = Semantics & { hosts: string[]; generated: boolean }

function checkTlsRoute(route: Json, bound: Bound, report: Report): void {
  const matches = listAt(route, 'match')
  if (matches.length === 0) report.error('TLS route must have at least one match condition')
  for (const match of matches) {
    const sniHosts = textsAt(match, 'sniHosts')
    if (sniHosts.length === 0) report.error('TLS match must have at least one SNI host')
    for (const sni of sniHosts) checkSniHost(sni, bound, report)
    checkL4(match, report)
  }
  if (listAt(route, 'route').length === 0) report.error('TLS route is required')
  checkDestinations(listAt(route, 'route'), bound, report)
}

function checkSniHost(sni: string, { hosts, generated }: Bound, report: Report): void {
  const problem = generated ? generatedDomainProblem(sni) : wildcardDomainProblem(sni)
  if (problem !== undefined) {
    if (!isAddress(sni)) return report.error(problem)
    return report.warn(
      `using an IP address (${quoted(sni)}) goes against SNI spec and most clients do not support this`,
    )
  }
  if (hosts.some((host) => hostWithin(sni, host))) return
  const list = hosts.join(', ')
  report.error(`SNI host ${quoted(sni)} is not a compatible subset of any of the virtual service hosts: [${list}]`)
}

function checkTcpRoute(route: Json, gatewayApi: boolean, report: Report): void {
  for (const match of listAt(route, 'match')) checkL4(match, withoutWarnings(report))
  if (listAt(route, 'route').length === 0) report.error('TCP route is required')
  checkDestinations(listAt(route, 'route'), { gatewayApi }, report)
}

function checkL4(match: Json, report: Report): void {
  report.error(...textsAt(match, 'destinationSubnets').map(subnetProblem))
  const port = numberOf(match, 'port')
  if (port !== 0) report.error(portProblem(port))
  report.listed(...labelProblems(stringsAt(match, 'sourceLabels')))
  checkGatewayNames(textsAt(match, 'gateways'), { gatewayApi: false }, report)
}
