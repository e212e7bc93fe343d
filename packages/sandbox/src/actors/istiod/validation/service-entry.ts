import { at, type Json, listAt, recordAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import { type Check, checkExportTo, has, numberOf, textOf, textsAt, type Reviewed } from './shared-fields.ts'
import {
  fqdnProblem,
  isAddress,
  isDnsLabel,
  labelProblems,
  partialWildcardProblem,
  portProblem,
  quoted,
  subnetProblem,
  wildcardDomainProblem,
} from './names.ts'
import { protocolTraits } from './protocols.ts'
import type { Report } from './report.ts'

/** ValidateServiceEntry of pkg/config/validation/validation.go. */
export const checkServiceEntry: Check = (reviewed, report) => {
  const { spec } = reviewed
  if (has(spec, 'workloadSelector') && listAt(spec, 'endpoints').length > 0) {
    report.error('only one of WorkloadSelector or Endpoints is allowed in Service Entry')
  }
  const resolution = textAt(spec, 'resolution') ?? 'NONE'
  checkHosts(textsAt(spec, 'hosts'), resolution, report)
  const addresses = textsAt(spec, 'addresses')
  report.error(...addresses.map(subnetProblem))
  if (addresses.some((each) => each.includes('/')) && resolution !== 'NONE' && resolution !== 'STATIC') {
    report.error('CIDR addresses are allowed only for NONE/STATIC resolution types')
  }
  const names = checkPorts(listAt(spec, 'ports'), report)
  warnUnaddressed(reviewed, resolution, report)
  RESOLUTIONS[resolution]?.(spec, names, report)
  if (resolution !== 'NONE' && textsAt(spec, 'hosts').length > 1 && listAt(spec, 'ports').some(isPlainTcp)) {
    report.error('multiple hosts provided with non-HTTP, non-TLS ports')
  }
  checkExportTo(reviewed, report, 'serviceEntry')
}

/** Without an address of its own, given or allocated, a TCP port cannot be told from others. */
function warnUnaddressed({ spec, labels }: Reviewed, resolution: string, report: Report): void {
  const optedOut = (labels['networking.istio.io/enable-autoallocate-ip'] ?? '').toLowerCase() === 'false'
  if (textsAt(spec, 'addresses').length > 0 || (resolution !== 'NONE' && !optedOut)) return
  const unaddressed = listAt(spec, 'ports').filter((port) => ['', 'TCP'].includes(textOf(port, 'protocol')))
  report.warn(
    ...unaddressed.map(
      () => 'addresses are required for ports serving TCP (or unset) protocol when IP Autoallocation is not enabled',
    ),
  )
}

function isPlainTcp(port: Json): boolean {
  const { http, tls } = protocolTraits(textOf(port, 'protocol'))
  return !http && !tls
}

function checkHosts(hosts: string[], resolution: string, report: Report): void {
  if (hosts.length === 0) report.error('service entry must have at least one host')
  for (const host of hosts) {
    report.error(host === '*' ? `invalid host ${host}` : wildcardDomainProblem(host))
    if (host !== '*' && resolution !== 'DYNAMIC_DNS') report.warn(partialWildcardProblem(host))
  }
}

function checkPorts(ports: Json[], report: Report): Set<string> {
  const [names, numbers] = [new Set<string>(), new Set<number>()]
  for (const port of ports) {
    const [name, number] = [textOf(port, 'name'), numberOf(port, 'number')]
    if (names.has(name)) report.error(`service entry port name ${quoted(name)} already defined`)
    if (numbers.has(number)) report.error(`service entry port ${number} already defined`)
    names.add(name)
    numbers.add(number)
    const target = numberOf(port, 'targetPort')
    if (target !== 0) report.error(portProblem(target))
    report.error(...namedProtocolProblems(name, textOf(port, 'protocol')), portProblem(number))
  }
  return names
}

function namedProtocolProblems(name: string, protocol: string): string[] {
  const named = isDnsLabel(name) ? [] : [`invalid port name: ${name}`]
  const known = protocol === '' || protocolTraits(protocol).known
  return known ? named : [...named, `unsupported protocol: ${protocol}`]
}

/** Istio's own words, its missing spaces included. */
const DYNAMIC = '? cannot be set for resolution type DYNAMIC_DNS.'
const DYNAMIC_PROTOCOLS = new Set(['HTTP', 'TLS', 'GRPC', 'HTTP2'])

type ResolutionCheck = (spec: Json | undefined, portNames: Set<string>, report: Report) => void

const RESOLUTIONS: Record<string, ResolutionCheck> = {
  NONE: (spec, _, report) => {
    if (listAt(spec, 'endpoints').length > 0) {
      report.error('no endpoints should be provided for resolution type none')
    }
    if (has(spec, 'workloadSelector')) {
      report.warn('workloadSelector should not be set when resolution mode is NONE')
    }
  },
  STATIC: (spec, names, report) => {
    for (const endpoint of listAt(spec, 'endpoints')) checkStaticEndpoint(endpoint, names, report)
  },
  DNS: (spec, names, report) => checkDns(spec, names, report),
  DNS_ROUND_ROBIN: (spec, names, report) => {
    checkDns(spec, names, report)
    if (listAt(spec, 'endpoints').length > 1) {
      report.error('there must only be 0 or 1 endpoint for resolution mode DNS_ROUND_ROBIN')
    }
  },
  DYNAMIC_DNS: (spec, _, report) => {
    if (textsAt(spec, 'hosts').some((host) => !host.startsWith('*'))) {
      report.error('host must be wildcarded for resolution mode DYNAMIC_DNS')
    }
    if (listAt(spec, 'addresses').length > 0) {
      report.error(
        `${DYNAMIC.replace('?', 'addresses')} HTTP route domains will only be generatedfrom the hosts field values`,
      )
    }
    if (listAt(spec, 'endpoints').length > 0) {
      report.error(`${DYNAMIC.replace('?', 'endpoints')} Destination IP address determined from hostsfield values`)
    }
    const wrong = listAt(spec, 'ports').filter((port) => !DYNAMIC_PROTOCOLS.has(textOf(port, 'protocol').toUpperCase()))
    const allowed = 'only HTTP, TLS, GRPC, and HTTP2 protocols are supported for resolution type DYNAMIC_DNS'
    report.error(...wrong.map(() => allowed))
  },
}

function checkStaticEndpoint(endpoint: Json, names: Set<string>, report: Report): void {
  const address = textOf(endpoint, 'address')
  if (address === '') {
    if (textOf(endpoint, 'network') === '') return report.error('address is required')
  } else if (!address.startsWith('unix://') && !isAddress(address)) {
    report.error(`endpoint address ${quoted(address)} is not a valid IP address`)
  }
  checkEndpointPorts(endpoint, names, report)
}

function checkEndpointPorts(endpoint: Json, names: Set<string>, report: Report): void {
  for (const [name, port] of Object.entries(recordAt(endpoint, 'ports'))) {
    const number = typeof port === 'number' ? port : 0
    if (!names.has(name)) report.error(`endpoint port ${number} is not defined by the service entry`)
    if (!isDnsLabel(name)) report.error(`invalid port name: ${name}`)
    report.error(portProblem(number))
  }
  report.error(...labelProblems(stringsAt(endpoint, 'labels')))
}

function checkDns(spec: Json | undefined, names: Set<string>, report: Report): void {
  const endpoints = listAt(spec, 'endpoints')
  const resolution = textAt(at(spec), 'resolution') ?? 'DNS'
  if (endpoints.length === 0) {
    const problem = textsAt(spec, 'hosts')
      .map(fqdnProblem)
      .find((each) => each !== undefined)
    if (problem !== undefined) {
      const rule =
        'hosts must be FQDN or contain only prefix wildcards if no endpoints are provided for resolution mode'
      report.error(`${rule} ${resolution}, ${problem}`)
    }
  }
  for (const endpoint of endpoints) {
    const address = textOf(endpoint, 'address')
    if (!isAddress(address) && fqdnProblem(address) !== undefined) {
      report.error(`endpoint address ${quoted(address)} is not a valid FQDN or an IP address`)
    }
    checkEndpointPorts(endpoint, names, report)
  }
}
