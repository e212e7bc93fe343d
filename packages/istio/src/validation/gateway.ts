import { at, flagAt, type Json, listAt, textAt } from '@orbweaver/contracts/json'
import { addressProblem } from './addresses.ts'
import { gatewayHostProblems } from './egress-hosts.ts'
import { isDnsLabel, portProblem, quoted } from './names.ts'
import { protocolTraits } from './protocols.ts'
import { forEach, type Report } from './report.ts'
import { checkServerTls, passesThrough } from './server-tls.ts'
import { type Check, has, numberOf, textOf, textsAt } from './shared-fields.ts'
import { unixPrefix, unixProblem } from './workloads.ts'

/** ValidateGateway of pkg/config/validation/validation.go. */
export const checkGateway: Check = ({ name, spec, annotations }, report) => {
  // Gateways that istiod makes of the Gateway API's; nothing keeps others from saying so.
  const semantics = annotations['internal.istio.io/gateway-semantics'] === 'gateway'
  if (!isDnsLabel(name) && !semantics) report.error(`invalid gateway name: ${quoted(name)}`)
  const servers = listAt(spec, 'servers')
  if (servers.length === 0) report.error('gateway must have at least one server')
  forEach(servers, report.at('servers'), (server, place) => checkServer(server, semantics, place))
  const names = new Set<string>()
  forEach(servers, report.at('servers'), (server, place) => {
    if (!has(server, 'port')) return
    const portName = textOf(server, 'port', 'name')
    if (names.has(portName))
      place.at('port', 'name').error(`port names in servers must be unique: duplicate name ${portName}`)
    names.add(portName)
    const { http } = protocolTraits(textOf(server, 'port', 'protocol'))
    if (!http && flagAt(server, 'tls', 'httpsRedirect') === true) {
      place.at('tls', 'httpsRedirect').warn('tls.httpsRedirect should only be used with http servers')
    }
  })
}

function checkServer(server: Json, semantics: boolean, report: Report): void {
  if (listAt(server, 'hosts').length === 0) report.error('server config must contain at least one host')
  forEach(textsAt(server, 'hosts'), report.at('hosts'), (host, place) =>
    place.error(...gatewayHostProblems(host, { semantics })),
  )
  const bind = textOf(server, 'bind')
  const fine = checkPort(at(server, 'port'), bind, report.at('port'))
  checkBind(bind, at(server, 'port'), report.at('bind'))
  const tls = at(server, 'tls')
  checkServerTls(tls, report.at('tls'))
  if (fine) report.at('tls').error(tlsAgainstProtocol(textOf(server, 'port', 'protocol'), tls))
}

function checkBind(bind: string, port: Json | undefined, report: Report): void {
  if (bind === '') return
  if (!bind.startsWith(unixPrefix)) return report.error(addressProblem(bind))
  report.error(unixProblem(bind.slice(unixPrefix.length)))
  if (numberOf(port, 'number') !== 0) {
    report.error(`port number must be 0 for unix domain socket: ${portText(port)}`)
  }
}

/** Says whether it is fine. */
function checkPort(port: Json | undefined, bind: string, report: Report): boolean {
  if (port === undefined || port === null) {
    report.error('port is required')
    return false
  }
  const protocol = textOf(port, 'protocol')
  const number = numberOf(port, 'number')
  const problems = {
    protocol: protocolTraits(protocol).known
      ? undefined
      : `invalid protocol ${quoted(protocol)}, supported protocols are HTTP, HTTP2, GRPC, GRPC-WEB, MONGO, REDIS, MYSQL, TCP`,
    number: number > 0 || !bind.startsWith(unixPrefix) ? portProblem(number) : undefined,
    targetPort: numberOf(port, 'targetPort') > 0 ? 'targetPort has no impact on Gateways' : undefined,
    name: textOf(port, 'name') === '' ? `port name must be set: ${portText(port)}` : undefined,
  }
  for (const [field, problem] of Object.entries(problems)) report.at(field).error(problem)
  return Object.values(problems).every((problem) => problem === undefined)
}

/** How Go prints the protobuf message of a port; how many spaces are between the fields differs from build to build. */
function portText(port: Json | undefined): string {
  const part = (field: string): string => {
    const value = at(port, field)
    const name = field === 'targetPort' ? 'target_port' : field
    return value === undefined || value === null || value === 0 || value === ''
      ? ''
      : `${name}:${JSON.stringify(value)}`
  }
  const parts = ['number', 'protocol', 'name', 'targetPort'].map(part)
  return parts.filter((each) => each !== '').join('  ')
}

function tlsAgainstProtocol(protocol: string, tls: Json | undefined): string | undefined {
  const traits = protocolTraits(protocol)
  const present = tls !== undefined && tls !== null
  if (traits.tls) return present ? undefined : 'server must have TLS settings for HTTPS/TLS protocols'
  if (!present) return undefined
  if (!traits.http) return 'server cannot have TLS settings for non HTTPS/TLS ports'
  const files = ['caCertificates', 'privateKey', 'serverCertificate'].some((field) => textAt(tls, field) ?? '')
  return passesThrough(tls) && !files ? undefined : 'server cannot have TLS settings for plain text HTTP ports'
}
