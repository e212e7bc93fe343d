import { canonicalJson, type Json, listAt, recordAt, stringsAt } from '@orbweaver/contracts/json'
import { type Check, checkExportTo, numberOf, textOf, textsAt } from './shared-fields.ts'
import { checkGatewayNames } from './gateway-names.ts'
import { checkHttpRoute } from './http-route.ts'
import {
  hostsOverlap,
  hostWithin,
  isAddress,
  labelProblems,
  portProblem,
  quoted,
  subnetProblem,
  wildcardDomainProblem,
} from './names.ts'
import { type Report, withoutWarnings } from './report.ts'
import { checkDestinations } from './route-destinations.ts'

/** ValidateVirtualService of pkg/config/validation/validation.go. */
export const checkVirtualService: Check = (reviewed, report) => {
  const { spec } = reviewed
  const hosts = textsAt(spec, 'hosts')
  const gateways = textsAt(spec, 'gateways')
  if (hosts.length === 0) checkDelegate(spec, report)
  checkGatewayNames(gateways, report)
  const forGateway = gateways.some((name) => name !== 'mesh')
  if (!forGateway) report.error(...jwtRoutingOutsideGateways(spec, gateways))
  checkHosts(hosts, forGateway, report)
  const [http, tls, tcp] = [listAt(spec, 'http'), listAt(spec, 'tls'), listAt(spec, 'tcp')]
  if (http.length + tls.length + tcp.length === 0) {
    report.error('http, tcp or tls must be provided in virtual service')
  }
  for (const route of http) checkHttpRoute(route, { delegate: hosts.length === 0 }, report)
  for (const route of tls) checkTlsRoute(route, hosts, report)
  for (const route of tcp) checkTcpRoute(route, report)
  checkExportTo(reviewed, report, 'plain')
  warnUnreachable(http, report)
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
  const claims = keys.filter((key) => /^@request\.auth\.claims[.[]/.test(key))
  return claims.map(
    (key) =>
      `JWT claim based routing (key: ${key}) is only supported for gateway, found no gateways: [${gateways.join(' ')}]`,
  )
}

function checkHosts(hosts: string[], forGateway: boolean, report: Report): void {
  let valid = true
  for (const host of hosts) {
    const problem = isAddress(host) ? undefined : wildcardDomainProblem(host)
    report.error(problem)
    if (problem !== undefined) valid = false
    else if (!forGateway && host === '*') {
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

function checkTlsRoute(route: Json, hosts: string[], report: Report): void {
  const matches = listAt(route, 'match')
  if (matches.length === 0) report.error('TLS route must have at least one match condition')
  for (const match of matches) {
    const sniHosts = textsAt(match, 'sniHosts')
    if (sniHosts.length === 0) report.error('TLS match must have at least one SNI host')
    for (const sni of sniHosts) checkSniHost(sni, hosts, report)
    checkL4(match, report)
  }
  if (listAt(route, 'route').length === 0) report.error('TLS route is required')
  checkDestinations(listAt(route, 'route'), report)
}

function checkSniHost(sni: string, hosts: string[], report: Report): void {
  if (isAddress(sni)) {
    return report.warn(
      `using an IP address (${quoted(sni)}) goes against SNI spec and most clients do not support this`,
    )
  }
  const problem = wildcardDomainProblem(sni)
  if (problem !== undefined) return report.error(problem)
  if (hosts.some((host) => hostWithin(sni, host))) return
  const list = hosts.join(', ')
  report.error(`SNI host ${quoted(sni)} is not a compatible subset of any of the virtual service hosts: [${list}]`)
}

function checkTcpRoute(route: Json, report: Report): void {
  for (const match of listAt(route, 'match')) checkL4(match, withoutWarnings(report))
  if (listAt(route, 'route').length === 0) report.error('TCP route is required')
  checkDestinations(listAt(route, 'route'), report)
}

function checkL4(match: Json, report: Report): void {
  report.error(...textsAt(match, 'destinationSubnets').map(subnetProblem))
  const port = numberOf(match, 'port')
  if (port !== 0) report.error(portProblem(port))
  report.error(...labelProblems(stringsAt(match, 'sourceLabels')))
  checkGatewayNames(textsAt(match, 'gateways'), report)
}

/** Rules that can never be reached (analyzeUnreachable…Rules): warnings, which the API server passes on. */
function warnUnreachable(routes: Json[], report: Report): void {
  const seen = new Map<string, string>()
  let emptyBefore = false
  routes.forEach((route, index) => {
    const name = nameOf(route, index)
    const matches = listAt(route, 'match')
    if (matches.length === 0) {
      if (emptyBefore) report.warn(`virtualService rule ${name} not used (only the last rule can have no matches)`)
      emptyBefore = true
      return
    }
    let duplicates = 0
    matches.forEach((match, number) => {
      if (emptyBefore) {
        return report.warn(`virtualService rule ${name} not used (route without matches defined before)`)
      }
      const key = canonicalJson({ ...recordAt(match), name: undefined })
      const earlier = seen.get(key)
      if (earlier === undefined) return void seen.set(key, name)
      duplicates += 1
      const which = `rule ${name} match ${nameOf(match, number)}`
      report.warn(`virtualService ${which} is not used (duplicate/overlapping match in rule ${earlier})`)
    })
    if (duplicates === matches.length) {
      report.warn(`virtualService rule ${name} not used (all matches used by prior rules)`)
    }
  })
}

function nameOf(item: Json, index: number): string {
  const name = textOf(item, 'name')
  return name === '' ? `#${index}` : quoted(name)
}
