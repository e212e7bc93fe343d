import { at, flagAt, type Json, listAt, textAt } from '@orbweaver/contracts/json'
import { type Check, has, numberOf, textOf, textsAt } from './shared-fields.ts'
import {
  addressProblem,
  isAddress,
  isDnsLabel,
  partialWildcardProblem,
  portProblem,
  quoted,
  wildcardDomainProblem,
} from './names.ts'
import { protocolTraits } from './protocols.ts'
import type { Report } from './report.ts'

/** ValidateGateway of pkg/config/validation/validation.go. */
export const checkGateway: Check = ({ name, spec }, report) => {
  if (!isDnsLabel(name)) report.error(`invalid gateway name: ${quoted(name)}`)
  const servers = listAt(spec, 'servers')
  if (servers.length === 0) report.error('gateway must have at least one server')
  for (const server of servers) checkServer(server, report)
  const names = new Set<string>()
  for (const server of servers) {
    if (!has(server, 'port')) continue
    const portName = textOf(server, 'port', 'name')
    if (names.has(portName)) report.error(`port names in servers must be unique: duplicate name ${portName}`)
    names.add(portName)
    const { http } = protocolTraits(textOf(server, 'port', 'protocol'))
    if (!http && flagAt(server, 'tls', 'httpsRedirect') === true) {
      report.warn('tls.httpsRedirect should only be used with http servers')
    }
  }
}

function checkServer(server: Json, report: Report): void {
  const hosts = textsAt(server, 'hosts')
  if (hosts.length === 0) report.error('server config must contain at least one host')
  for (const host of hosts) checkHost(host, report)
  const portProblems = has(server, 'port') ? problemsOfPort(at(server, 'port')) : ['port is required']
  report.error(...portProblems)
  const bind = textOf(server, 'bind')
  if (bind !== '' && !bind.startsWith('unix://')) report.error(addressProblem(bind))
  const tls = at(server, 'tls')
  checkTls(tls, report)
  if (portProblems.length === 0) report.error(tlsAgainstProtocol(textOf(server, 'port', 'protocol'), tls))
}

/** Host of a server: `namespace/dns` or `dns`; short names and partial wildcards are refused. */
function checkHost(host: string, report: Report): void {
  const slash = host.indexOf('/')
  if (slash < 0) return checkDnsPart(host, report)
  const [namespace, dns] = [host.slice(0, slash), host.slice(slash + 1)]
  if (namespace === '' || dns === '') report.error('config namespace and dnsName in host entry cannot be empty')
  if (namespace !== '*' && namespace !== '.' && !isDnsLabel(namespace)) {
    report.error(`invalid namespace value ${quoted(namespace)} in gateway`)
  }
  checkDnsPart(dns, report)
}

function checkDnsPart(host: string, report: Report): void {
  if (host !== '*' && !host.includes('.')) report.error('short names (non FQDN) are not allowed')
  if (!isAddress(host)) report.error(wildcardDomainProblem(host))
  report.error(partialWildcardProblem(host))
}

function problemsOfPort(port: Json | undefined): string[] {
  const protocol = textOf(port, 'protocol')
  const found = [
    protocolTraits(protocol).known
      ? undefined
      : `invalid protocol ${quoted(protocol)}, supported protocols are HTTP, HTTP2, GRPC, GRPC-WEB, MONGO, REDIS, MYSQL, TCP`,
    portProblem(numberOf(port, 'number')),
    numberOf(port, 'targetPort') > 0 ? 'targetPort has no impact on Gateways' : undefined,
    textOf(port, 'name') === '' ? `port name must be set: ${portText(port)}` : undefined,
  ]
  return found.filter((each) => each !== undefined)
}

/** How Go prints the protobuf message of a port. */
function portText(port: Json | undefined): string {
  const parts = [
    numberOf(port, 'number') === 0 ? '' : `number:${numberOf(port, 'number')}`,
    textAt(port, 'protocol') === undefined ? '' : `protocol:${quoted(textOf(port, 'protocol'))}`,
  ]
  return parts.filter((each) => each !== '').join(' ')
}

function tlsAgainstProtocol(protocol: string, tls: Json | undefined): string | undefined {
  const traits = protocolTraits(protocol)
  const present = tls !== undefined && tls !== null
  if (traits.tls) return present ? undefined : 'server must have TLS settings for HTTPS/TLS protocols'
  if (!present) return undefined
  if (!traits.http) return 'server cannot have TLS settings for non HTTPS/TLS ports'
  const mode = textAt(tls, 'mode') ?? 'PASSTHROUGH'
  const through = mode === 'PASSTHROUGH' || mode === 'AUTO_PASSTHROUGH'
  const files = ['caCertificates', 'privateKey', 'serverCertificate'].some((field) => filled(tls, field))
  return through && !files ? undefined : 'server cannot have TLS settings for plain text HTTP ports'
}

const MUTUAL_FORBIDDEN: [string, string][] = [
  ['serverCertificate', 'server certificate'],
  ['privateKey', 'private key'],
  ['caCertificates', 'CA bundle'],
  ['tlsCertificates', 'tlsCertificates'],
  ['credentialName', 'credentialName'],
  ['credentialNames', 'credentialNames'],
]
const CERTIFICATE_FIELDS = ['caCrl', ...MUTUAL_FORBIDDEN.map(([field]) => field)]

function filled(tls: Json | undefined, field: string): boolean {
  return textOf(tls, field) !== '' || listAt(tls, field).length > 0
}

/** validateTLSOptions. A mode that is left out is PASSTHROUGH. */
function checkTls(tls: Json | undefined, report: Report): void {
  if (tls === undefined || tls === null) return
  const mode = textAt(tls, 'mode') ?? 'PASSTHROUGH'
  if (mode === 'ISTIO_MUTUAL') {
    const wrong = MUTUAL_FORBIDDEN.filter(([field]) => filled(tls, field))
    return report.error(...wrong.map(([, words]) => `ISTIO_MUTUAL TLS cannot have associated ${words}`))
  }
  if (mode.endsWith('PASSTHROUGH') && CERTIFICATE_FIELDS.some((field) => filled(tls, field))) {
    report.warn(`${mode} mode does not use certificates, they will be ignored`)
  }
  if (certificateSources(tls) > 1) {
    report.error(
      'only one of credential_name, credential_names, server_certificate/private_key, tls_certificates should be specified',
    )
  }
  if (!['SIMPLE', 'MUTUAL', 'OPTIONAL_MUTUAL'].includes(mode)) return
  if (filled(tls, 'credentialName') || filled(tls, 'credentialNames')) return
  checkCertificates(tls, mode, report)
}

function certificateSources(tls: Json): number {
  const ways = [
    filled(tls, 'serverCertificate') && filled(tls, 'privateKey'),
    filled(tls, 'credentialName'),
    filled(tls, 'credentialNames'),
    filled(tls, 'tlsCertificates'),
  ]
  return ways.filter(Boolean).length
}

function checkCertificates(tls: Json, mode: string, report: Report): void {
  const prefix = mode === 'SIMPLE' ? 'SIMPLE TLS' : 'MUTUAL TLS'
  if (mode !== 'SIMPLE' && !filled(tls, 'caCertificates')) report.error(`${prefix} requires a client CA bundle`)
  const several = listAt(tls, 'tlsCertificates')
  if (several.length > 2) report.warn(`${prefix} can support up to 2 server certificates`)
  for (const certificate of several.length > 0 ? several : [tls]) {
    if (!filled(certificate, 'serverCertificate')) report.error(`${prefix} requires a server certificate`)
    if (!filled(certificate, 'privateKey')) report.error(`${prefix} requires a private key`)
  }
  if (filled(tls, 'caCrl') && mode === 'SIMPLE') report.error('CRL is not supported with SIMPLE TLS')
}
