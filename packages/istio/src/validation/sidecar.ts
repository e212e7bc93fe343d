import { at, flagAt, type Json, listAt, textAt } from '@orbweaver/contracts/json'
import { addressProblem } from './addresses.ts'
import { checkConnectionPool } from './connection-pool.ts'
import { sidecarHostProblems } from './egress-hosts.ts'
import { fqdnProblem, portNameProblem, portProblem, quoted } from './names.ts'
import { protocolProblem, protocolTraits } from './protocols.ts'
import { forEach, type Report } from './report.ts'
import { checkDestination } from './route-destinations.ts'
import { checkServerTls } from './server-tls.ts'
import { type Check, has, hasAny, numberOf, passesAlphaSelector, textOf, textsAt } from './shared-fields.ts'
import { unixPrefix, unixProblem } from './workloads.ts'

/** ValidateSidecar of pkg/config/validation/validation.go. */
export const checkSidecar: Check = ({ spec, namespace }, report) => {
  if (!passesAlphaSelector(at(spec, 'workloadSelector'), 'sidecar', report.at('workloadSelector'))) return
  const [ingress, egress] = [listAt(spec, 'ingress'), listAt(spec, 'egress')]
  const settings = has(spec, 'outboundTrafficPolicy') || has(spec, 'inboundConnectionPool')
  if (ingress.length + egress.length === 0 && !settings) {
    return report.error('sidecar: empty configuration provided')
  }
  const inbound = new Set<number>()
  forEach(ingress, report.at('ingress'), (listener, place) => checkIngress(listener, inbound, place))
  checkConnectionPool(at(spec, 'inboundConnectionPool'), report.at('inboundConnectionPool'))
  const outbound: Listeners = { ports: new Set(), sockets: new Set() }
  egress.forEach((listener, index) => {
    const place = report.at('egress', index)
    if (has(listener, 'port')) checkEgressPort(listener, outbound, place)
    else if (index < egress.length - 1) {
      place.error('sidecar: the egress listener with empty port should be the last listener in the list')
    }
    checkEgressHosts(textsAt(listener, 'hosts'), namespace, place.at('hosts'))
  })
  checkOutboundPolicy(at(spec, 'outboundTrafficPolicy'), report.at('outboundTrafficPolicy'))
}

const UNIQUE_PORTS = 'sidecar: ports on IP bound listeners must be unique'

function checkIngress(listener: Json, seen: Set<number>, report: Report): void {
  if (!has(listener, 'port')) return report.error('sidecar: port is required for ingress listeners')
  const port = at(listener, 'port')
  const ofPort = report.at('port')
  if (numberOf(port, 'targetPort') > 0) ofPort.at('targetPort').error('targetPort has no impact on Sidecars')
  checkPort(port, ofPort)
  const [number, bind] = [numberOf(port, 'number'), textOf(listener, 'bind')]
  ofPort.at('number').error(portProblem(number))
  if (bind !== '') report.at('bind').error(addressProblem(bind))
  if (seen.has(number)) ofPort.at('number').error(UNIQUE_PORTS)
  seen.add(number)
  checkDefaultEndpoint(textOf(listener, 'defaultEndpoint'), report.at('defaultEndpoint'))
  if (has(listener, 'tls')) checkIngressTls(at(listener, 'tls'), textOf(port, 'protocol'), report.at('tls'))
  checkConnectionPool(at(listener, 'connectionPool'), report.at('connectionPool'))
  const protocol = textOf(port, 'protocol')
  if (has(listener, 'connectionPool', 'http') && !protocolTraits(protocol).http) {
    report
      .at('connectionPool', 'http')
      .warn(
        `sidecar: HTTP connection pool settings are configured for port ${number} (${quoted(textOf(port, 'name'))}) ` +
          `but its protocol is not HTTP (${protocol}); only TCP settings will apply`,
      )
  }
}

/** A port's name is optional, but not a wrong one. */
function checkPort(port: Json | undefined, report: Report): void {
  const name = textOf(port, 'name')
  if (name !== '') report.at('name').error(portNameProblem(name))
  report.at('protocol').error(protocolProblem(textOf(port, 'protocol')))
}

const LOCAL = ['', '127.0.0.1', '0.0.0.0', '::1', '::']

function checkDefaultEndpoint(endpoint: string, report: Report): void {
  if (endpoint === '') return
  if (endpoint.startsWith(unixPrefix)) return report.error(unixProblem(endpoint.slice(unixPrefix.length)))
  const { host, port, problem } = splitHostPort(endpoint)
  report.error(problem)
  if (!LOCAL.includes(host)) {
    report.error(
      'sidecar: defaultEndpoint must be of form 127.0.0.1:<port>,0.0.0.0:<port>,[::1]:port,[::]:port,unix://filepath or unset',
    )
  }
  if (/^[+-]?\d+$/.test(port)) return report.error(portProblem(Number(port)))
  report.error(
    `sidecar: defaultEndpoint port (${port}) is not a number: strconv.Atoi: parsing ${quoted(port)}: invalid syntax`,
  )
}

type HostPort = { host: string; port: string; problem?: string }

/** net.SplitHostPort of Go: host and port are empty when it refuses. */
function splitHostPort(text: string): HostPort {
  const fault = (why: string): HostPort => ({ host: '', port: '', problem: `address ${text}: ${why}` })
  const colon = text.lastIndexOf(':')
  if (colon < 0) return fault('missing port in address')
  const bracketed = /^\[([^\]]*)\](:?)(.*)$/.exec(text)
  if (bracketed !== null) {
    const [, host = '', separator, port = ''] = bracketed
    if (separator === '') return fault('missing port in address')
    return port.includes(':') ? fault('too many colons in address') : { host, port }
  }
  if (text.startsWith('[')) return fault("missing ']' in address")
  if (text.indexOf(':') !== colon) return fault('too many colons in address')
  return { host: text.slice(0, colon), port: text.slice(colon + 1) }
}

const UNSUPPORTED_TLS: [string, string][] = [
  ['subjectAltNames', 'sidecar: subjectAltNames is not supported in ingress tls'],
  ['httpsRedirect', 'sidecar: httpsRedirect is not supported'],
  ['credentialName', 'sidecar: credentialName is not currently supported'],
  ['credentialNames', 'sidecar: credentialNames is not currently supported'],
  ['tlsCertificates', 'sidecar: tls_certificates is not currently supported'],
]

function checkIngressTls(tls: Json | undefined, protocol: string, report: Report): void {
  const set = (field: string): boolean => hasAny(tls, field) || textOf(tls, field) !== '' || flagAt(tls, field) === true
  for (const [field, words] of UNSUPPORTED_TLS) if (set(field)) report.at(field).error(words)
  const mode = textOf(tls, 'mode')
  if (mode === 'ISTIO_MUTUAL' || mode === 'AUTO_PASSTHROUGH') {
    report.at('mode').error(`configuration is invalid: cannot set mode to ${mode} in sidecar ingress tls`)
  }
  if (!protocolTraits(protocol).tls) report.error('server cannot have TLS settings for non HTTPS/TLS ports')
  checkServerTls(tls, report)
}

type Listeners = { ports: Set<number>; sockets: Set<string> }

function checkEgressPort(listener: Json, seen: Listeners, report: Report): void {
  const port = at(listener, 'port')
  const [number, bind] = [numberOf(port, 'number'), textOf(listener, 'bind')]
  const ofPort = report.at('port')
  if (numberOf(port, 'targetPort') > 0) ofPort.at('targetPort').error('targetPort has no impact on Sidecars')
  checkPort(port, ofPort)
  if (number === 0) checkSocket(bind, textAt(listener, 'captureMode') ?? 'DEFAULT', report)
  else {
    ofPort.at('number').error(portProblem(number))
    if (bind !== '') report.at('bind').error(addressProblem(bind))
  }
  if (number === 0 && seen.sockets.has(bind)) {
    report.at('bind').error('sidecar: unix domain socket values for listeners must be unique')
  }
  if (number !== 0 && seen.ports.has(number)) ofPort.at('number').error(UNIQUE_PORTS)
  if (number === 0) seen.sockets.add(bind)
  else seen.ports.add(number)
}

function checkSocket(bind: string, captureMode: string, report: Report): void {
  if (bind.startsWith(unixPrefix)) report.at('bind').error(unixProblem(bind.slice(unixPrefix.length)))
  else report.at('bind').error('sidecar: ports with 0 value must have a unix domain socket bind address')
  if (captureMode !== 'DEFAULT' && captureMode !== 'NONE') {
    report.at('captureMode').error('sidecar: captureMode must be DEFAULT/NONE for unix domain socket listeners')
  }
}

function checkEgressHosts(hosts: string[], own: string, report: Report): void {
  if (hosts.length === 0) return report.error('sidecar: egress listener must contain at least one host')
  const seen = new Map<string, Set<string>>()
  forEach(hosts, report, (entry, place) => {
    if (isTwice(entry, own, seen)) place.warn(`duplicated egress host: ${entry}`)
    place.error(...sidecarHostProblems(entry))
  })
  if (seen.get('*')?.has('*') === true && seen.size > 1) {
    report.warn('`*/*` host select all resources, no other hosts can be added')
  }
}

/** Whether hosts before mean this one or, when it is all of a namespace, one of it. Those to leave out do not count. */
function isTwice(entry: string, own: string, seen: Map<string, Set<string>>): boolean {
  const slash = entry.indexOf('/')
  if (slash < 0 || entry.startsWith('~')) return false
  const [given, host] = [entry.slice(0, slash), entry.slice(slash + 1)]
  const namespace = given === '.' ? own : given
  const known = seen.get(namespace) ?? new Set<string>()
  const twice = host === '*' ? known.size > 0 : known.has(host) || known.has('*')
  seen.set(namespace, known.add(host))
  return twice
}

/** validateSidecarOutboundTrafficPolicy. */
function checkOutboundPolicy(policy: Json | undefined, report: Report): void {
  const proxy = at(policy, 'egressProxy')
  if (proxy === undefined || proxy === null) return
  if (textAt(policy, 'mode') !== 'ALLOW_ANY') {
    return report
      .at('egressProxy')
      .error('sidecar: egress_proxy must be set only with ALLOW_ANY outbound_traffic_policy mode')
  }
  const place = report.at('egressProxy')
  place.at('host').error(fqdnProblem(textOf(proxy, 'host')))
  if (!has(proxy, 'port')) return place.error('sidecar: egress_proxy port must be non-nil')
  checkDestination(proxy, place)
}
