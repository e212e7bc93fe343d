import { type Json, listAt, recordAt } from '@orbweaver/contracts/json'
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
import { forEach, type Report } from './report.ts'
import { checkDestinations, type Semantics } from './route-destinations.ts'
import { type Check, checkExportTo, checkTexts, numberOf, textsAt, stringsAt } from './shared-fields.ts'
import { warnOverlapping, warnUnreachable } from './unreachable-rules.ts'

/** ValidateVirtualService of pkg/config/validation/validation.go. */
export const checkVirtualService: Check = (reviewed, report) => {
  const { spec, annotations } = reviewed
  // Routes that istiod makes of the Gateway API's; nothing keeps others from saying so.
  const gatewayApi = annotations['internal.istio.io/route-semantics'] === 'gateway'
  const hosts = textsAt(spec, 'hosts')
  const gateways = textsAt(spec, 'gateways')
  if (hosts.length === 0) checkDelegate(spec, report)
  checkGatewayNames(gateways, { gatewayApi }, report.at('gateways'))
  const forGateway = gateways.length > 0 && !gateways.includes('mesh')
  if (!forGateway) checkJwtRouting(spec, gateways, report)
  checkHosts(hosts, { forGateway, sni: hasSniHosts(spec) }, report.at('hosts'))
  const [http, tls, tcp] = [listAt(spec, 'http'), listAt(spec, 'tls'), listAt(spec, 'tcp')]
  if (http.length + tls.length + tcp.length === 0) {
    report.error('http, tcp or tls must be provided in virtual service')
  }
  forEach(http, report.at('http'), (route, place) =>
    checkHttpRoute(route, { delegate: hosts.length === 0, gatewayApi }, place),
  )
  const bound = { hosts, gatewayApi, generated: !gateways.includes('mesh') }
  forEach(tls, report.at('tls'), (route, place) => checkTlsRoute(route, bound, place))
  forEach(tcp, report.at('tcp'), (route, place) => checkTcpRoute(route, gatewayApi, place))
  checkExportTo(reviewed, report, 'plain')
  warnUnreachable(http, report.at('http'))
  warnOverlapping(http, report.at('http'))
  warnUnreachable(tcp, report.at('tcp'))
  warnUnreachable(tls, report.at('tls'))
}

function checkDelegate(spec: Json | undefined, report: Report): void {
  if (textsAt(spec, 'gateways').length > 0)
    report.at('gateways').error('delegate virtual service must have no gateways specified')
  if (listAt(spec, 'tls').length > 0)
    report.at('tls').error('delegate virtual service must have no tls route specified')
  if (listAt(spec, 'tcp').length > 0)
    report.at('tcp').error('delegate virtual service must have no tcp route specified')
}

/** Claims of tokens are only known at gateways. */
function checkJwtRouting(spec: Json | undefined, gateways: string[], report: Report): void {
  forEach(listAt(spec, 'http'), report.at('http'), (route, ofRoute) =>
    forEach(listAt(route, 'match'), ofRoute.at('match'), (match, place) => {
      for (const field of ['headers', 'withoutHeaders']) {
        for (const key of Object.keys(recordAt(match, field)).filter(isJwtClaim)) {
          const found = `found no gateways: [${gateways.join(' ')}]`
          place.at(field, key).error(`JWT claim based routing (key: ${key}) is only supported for gateway, ${found}`)
        }
      }
    }),
  )
}

const hasSniHosts = (spec: Json | undefined): boolean =>
  listAt(spec, 'tls').some((route) => listAt(route, 'match').some((match) => listAt(match, 'sniHosts').length > 0))

type Hosts = { forGateway: boolean; sni: boolean }

function checkHosts(hosts: string[], { forGateway, sni }: Hosts, report: Report): void {
  let valid = true
  for (const [index, host] of hosts.entries()) {
    const problem = forGateway && sni ? generatedDomainProblem(host) : wildcardDomainProblem(host)
    if (problem !== undefined) {
      if (isAddress(host)) continue
      report.at(index).error(problem)
      valid = false
    } else if (!forGateway && host === '*') {
      report.at(index).error('wildcard host * is not allowed for virtual services bound to the mesh gateway')
      valid = false
    }
  }
  if (!valid) return
  hosts.forEach((host, index) => {
    hosts.forEach((other, place) => {
      if (place <= index || !hostsOverlap(host, other)) return
      report.at(place).error(`duplicate hosts in virtual service: ${host} & ${other}`)
    })
  })
}

/** What a TLS route is bound to. `generated`: its SNI hosts may be names that istiod makes. */
type Bound = Semantics & { hosts: string[]; generated: boolean }

function checkTlsRoute(route: Json, bound: Bound, report: Report): void {
  const matches = listAt(route, 'match')
  if (matches.length === 0) report.error('TLS route must have at least one match condition')
  forEach(matches, report.at('match'), (match, place) => {
    const sniHosts = textsAt(match, 'sniHosts')
    if (sniHosts.length === 0) place.error('TLS match must have at least one SNI host')
    forEach(sniHosts, place.at('sniHosts'), (sni, below) => checkSniHost(sni, bound, below))
    checkL4(match, place)
  })
  if (listAt(route, 'route').length === 0) report.error('TLS route is required')
  checkDestinations(listAt(route, 'route'), bound, report.at('route'))
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
  forEach(listAt(route, 'match'), report.at('match').withoutWarnings(), checkL4)
  if (listAt(route, 'route').length === 0) report.error('TCP route is required')
  checkDestinations(listAt(route, 'route'), { gatewayApi }, report.at('route'))
}

function checkL4(match: Json, report: Report): void {
  checkTexts(listAt(match, 'destinationSubnets'), report.at('destinationSubnets'), subnetProblem)
  const port = numberOf(match, 'port')
  if (port !== 0) report.at('port').error(portProblem(port))
  report.at('sourceLabels').listed(...labelProblems(stringsAt(match, 'sourceLabels')))
  checkGatewayNames(textsAt(match, 'gateways'), { gatewayApi: false }, report.at('gateways'))
}
