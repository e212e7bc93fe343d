import { at, type Json, listAt, textAt } from '@orbweaver/contracts/json'
import { isAddress, subnetProblem } from './addresses.ts'
import {
  fqdnProblem,
  labelProblems,
  partialWildcardProblem,
  portNameProblem,
  portProblem,
  quoted,
  wildcardDomainProblem,
} from './names.ts'
import { protocolProblem, protocolTraits } from './protocols.ts'
import { forEach, type Report } from './report.ts'
import {
  type Check,
  checkExportTo,
  checkTexts,
  has,
  numberOf,
  passesAlphaSelector,
  type Reviewed,
  textOf,
  textsAt,
  stringsAt,
} from './shared-fields.ts'
import { checkEndpointPorts, checkWorkload } from './workloads.ts'

/** ValidateServiceEntry of pkg/config/validation/validation.go. */
export const checkServiceEntry: Check = (reviewed, report) => {
  const { spec } = reviewed
  if (!passesAlphaSelector(at(spec, 'workloadSelector'), 'service entry', report.at('workloadSelector'))) return
  if (has(spec, 'workloadSelector') && listAt(spec, 'endpoints').length > 0) {
    report.at('endpoints').error('only one of WorkloadSelector or Endpoints is allowed in Service Entry')
  }
  const resolution = textAt(spec, 'resolution') ?? 'NONE'
  checkHosts(textsAt(spec, 'hosts'), resolution, report.at('hosts'))
  checkAddresses(spec, resolution, report)
  const names = checkPorts(listAt(spec, 'ports'), isUnaddressed(reviewed, resolution), report.at('ports'))
  RESOLUTIONS[resolution]?.(reviewed, names, report)
  if (resolution !== 'NONE' && textsAt(spec, 'hosts').length > 1 && listAt(spec, 'ports').some(isPlainTcp)) {
    report.at('hosts').error('multiple hosts provided with non-HTTP, non-TLS ports')
  }
  checkExportTo(reviewed, report, 'serviceEntry')
}

/** Without an address of its own, given or allocated, a TCP port cannot be told from others. */
function isUnaddressed({ spec, labels }: Reviewed, resolution: string): boolean {
  if (textsAt(spec, 'addresses').length > 0) return false
  return resolution === 'NONE' || (labels['networking.istio.io/enable-autoallocate-ip'] ?? '').toLowerCase() === 'false'
}

function isPlainTcp(port: Json): boolean {
  const { http, tls } = protocolTraits(textOf(port, 'protocol'))
  return !http && !tls
}

function checkAddresses(spec: Json | undefined, resolution: string, report: Report): void {
  checkTexts(listAt(spec, 'addresses'), report.at('addresses'), subnetProblem)
  const blocks = textsAt(spec, 'addresses').some((each) => each.includes('/'))
  if (blocks && resolution !== 'NONE' && resolution !== 'STATIC') {
    report.at('addresses').error('CIDR addresses are allowed only for NONE/STATIC resolution types')
  }
}

function checkHosts(hosts: string[], resolution: string, report: Report): void {
  if (hosts.length === 0) report.error('service entry must have at least one host')
  forEach(hosts, report, (host, place) => {
    place.error(host === '*' ? `invalid host ${host}` : wildcardDomainProblem(host))
    if (host !== '*' && resolution !== 'DYNAMIC_DNS') place.warn(partialWildcardProblem(host))
  })
}

function checkPorts(ports: Json[], unaddressed: boolean, report: Report): Set<string> {
  const [names, numbers] = [new Set<string>(), new Set<number>()]
  forEach(ports, report, (port, place) => {
    const [name, number] = [textOf(port, 'name'), numberOf(port, 'number')]
    const protocol = textOf(port, 'protocol')
    if (names.has(name)) place.at('name').error(`service entry port name ${quoted(name)} already defined`)
    if (numbers.has(number)) place.at('number').error(`service entry port ${number} already defined`)
    names.add(name)
    numbers.add(number)
    const target = numberOf(port, 'targetPort')
    if (target !== 0) place.at('targetPort').error(portProblem(target))
    if (unaddressed && ['', 'TCP'].includes(protocol)) {
      place.warn(
        'addresses are required for ports serving TCP (or unset) protocol when IP Autoallocation is not enabled',
      )
    }
    place.at('name').error(portNameProblem(name))
    place.at('protocol').error(protocolProblem(protocol))
    place.at('number').error(portProblem(number))
  })
  return names
}

/** Istio's own words, its missing spaces included. */
const DYNAMIC = '? cannot be set for resolution type DYNAMIC_DNS.'
const DYNAMIC_PROTOCOLS = new Set(['HTTP', 'TLS', 'GRPC', 'HTTP2'])

type ResolutionCheck = (reviewed: Reviewed, ports: Set<string>, report: Report) => void

const RESOLUTIONS: Record<string, ResolutionCheck> = {
  NONE: ({ spec }, _, report) => {
    if (listAt(spec, 'endpoints').length > 0) {
      report.at('endpoints').error('no endpoints should be provided for resolution type none')
    }
    if (has(spec, 'workloadSelector')) {
      report.at('workloadSelector').warn('workloadSelector should not be set when resolution mode is NONE')
    }
  },
  STATIC: ({ spec }, ports, report) => {
    forEach(listAt(spec, 'endpoints'), report.at('endpoints'), (endpoint, place) =>
      checkWorkload(endpoint, { ports, names: false }, place),
    )
  },
  DNS: ({ spec }, ports, report) => checkDns(spec, ports, report),
  DNS_ROUND_ROBIN: ({ spec }, ports, report) => checkDns(spec, ports, report),
  DYNAMIC_DNS: ({ spec, labels }, _, report) => {
    const hosts = textsAt(spec, 'hosts')
    if (hosts.length === 0) report.error('at least one wildcard host must be provided for resolution type DYNAMIC_DNS')
    checkTexts(listAt(spec, 'hosts'), report.at('hosts'), (host) =>
      host.startsWith('*') ? undefined : 'host must be wildcarded for resolution mode DYNAMIC_DNS',
    )
    if (listAt(spec, 'addresses').length > 0) {
      report
        .at('addresses')
        .error(
          `${DYNAMIC.replace('?', 'addresses')} HTTP route domains will only be generatedfrom the hosts field values`,
        )
    }
    if (listAt(spec, 'endpoints').length > 0) {
      report
        .at('endpoints')
        .error(`${DYNAMIC.replace('?', 'endpoints')} Destination IP address determined from hostsfield values`)
    }
    const allowed = 'only HTTP, TLS, GRPC, and HTTP2 protocols are supported for resolution type DYNAMIC_DNS'
    forEach(listAt(spec, 'ports'), report.at('ports'), (port, place) => {
      if (!DYNAMIC_PROTOCOLS.has(textOf(port, 'protocol').toUpperCase())) place.at('protocol').error(allowed)
    })
    if (textOf(spec, 'location') === 'MESH_INTERNAL' && usesWaypoint(labels)) {
      report
        .at('location')
        .error('location MESH_INTERNAL with resolution type DYNAMIC_DNS is not supported when using waypoints')
    }
  },
}

function usesWaypoint(labels: Record<string, string>): boolean {
  const waypoint = labels['istio.io/use-waypoint'] ?? ''
  return waypoint !== '' && waypoint.toLowerCase() !== 'none'
}

function checkDns(spec: Json | undefined, ports: Set<string>, report: Report): void {
  const endpoints = listAt(spec, 'endpoints')
  const resolution = textOf(spec, 'resolution')
  if (endpoints.length === 0) report.at('hosts').error(unresolvable(textsAt(spec, 'hosts'), resolution))
  if (resolution === 'DNS_ROUND_ROBIN' && endpoints.length > 1) {
    report.at('endpoints').error('there must only be 0 or 1 endpoint for resolution mode DNS_ROUND_ROBIN')
  }
  forEach(endpoints, report.at('endpoints'), (endpoint, place) => {
    const address = textOf(endpoint, 'address')
    if (!isAddress(address) && fqdnProblem(address) !== undefined) {
      place.at('address').error(`endpoint address ${quoted(address)} is not a valid FQDN or an IP address`)
    }
    place.at('labels').listed(...labelProblems(stringsAt(endpoint, 'labels')))
    checkEndpointPorts(endpoint, ports, place)
  })
  const several = textsAt(spec, 'hosts').length > 1 && textsAt(spec, 'addresses').length > 0
  if (several && listAt(spec, 'ports').some((port) => protocolTraits(textOf(port, 'protocol')).tcp)) {
    report
      .at('hosts')
      .warn('service entry can not have more than one host specified simultaneously with address and tcp port')
  }
}

function unresolvable(hosts: string[], resolution: string): string | undefined {
  const problem = hosts.map(fqdnProblem).find((each) => each !== undefined)
  const rule = 'hosts must be FQDN or contain only prefix wildcards if no endpoints are provided for resolution mode'
  return problem === undefined ? undefined : `${rule} ${resolution}, ${problem}`
}
