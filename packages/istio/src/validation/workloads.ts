import { at, type Json, listAt, recordAt } from '@orbweaver/contracts/json'
import { isAddress } from './addresses.ts'
import { fqdnProblem, labelProblems, portNameProblem, portProblem, quoted } from './names.ts'
import { forEach, listText, type Report } from './report.ts'
import { type Check, has, numberOf, textOf, stringsAt } from './shared-fields.ts'

export const unixPrefix = 'unix://'

/** ValidateUnixAddress of pkg/config/validation/validation.go; the path without its prefix. */
export function unixProblem(path: string): string | undefined {
  if (path === '') return 'unix address must not be empty'
  if (path.startsWith('@')) return undefined
  return path.startsWith('/') && !path.endsWith('/') ? undefined : `${path} is not an absolute path to a file`
}

/** ValidateWorkloadEntry of the same file. */
export const checkWorkloadEntry: Check = ({ spec }, report) => checkWorkload(spec, { names: true }, report)

type Endpoint = {
  /** Ports of the service, which those of an endpoint must be among. */
  ports?: Set<string>
  /** The address may be a name. */
  names: boolean
}

/** validateWorkloadEntry: also every endpoint of a ServiceEntry with resolution STATIC. */
export function checkWorkload(entry: Json | undefined, { ports, names }: Endpoint, report: Report): void {
  const [address, network] = [textOf(entry, 'address'), textOf(entry, 'network')]
  if (address === '' && network === '') return report.error('address is required')
  if (address === '') report.at('network').warn(`address is unset with network ${quoted(network)}`)
  const unix = address.startsWith(unixPrefix)
  if (unix) {
    report.at('address').error(unixProblem(address.slice(unixPrefix.length)))
    if (Object.keys(recordAt(entry, 'ports')).length > 0) {
      report.at('ports').error(`unix endpoint ${address} must not include ports`)
    }
  } else if (address !== '') report.at('address').error(hostProblem(address, names))
  checkEndpointPorts(entry, ports, report)
  report.at('labels').listed(...labelProblems(stringsAt(entry, 'labels')))
  if (unix && ports !== undefined && ports.size !== 1) {
    report.error('exactly 1 service port required for unix endpoints')
  }
}

function hostProblem(address: string, names: boolean): string | undefined {
  if (isAddress(address)) return undefined
  if (!names) return `endpoint address ${quoted(address)} is not a valid IP address`
  const wrong = fqdnProblem(address) !== undefined
  return wrong ? `endpoint address ${quoted(address)} is not a valid FQDN or an IP address` : undefined
}

export function checkEndpointPorts(endpoint: Json | undefined, known: Set<string> | undefined, report: Report): void {
  for (const name of Object.keys(recordAt(endpoint, 'ports'))) {
    const number = numberOf(endpoint, 'ports', name)
    if (known !== undefined && !known.has(name)) {
      report.at('ports', name).error(`endpoint port ${number} is not defined by the service entry`)
    }
    report.at('ports', name).error(portNameProblem(name), portProblem(number))
  }
}

/** ValidateWorkloadGroup. The template may lack what a WorkloadEntry needs, since it is filled in later. */
export const checkWorkloadGroup: Check = ({ spec }, report) => {
  if (!has(spec, 'template')) return report.error('template is required')
  const labels = labelProblems(stringsAt(spec, 'metadata', 'labels'))
  if (labels.length > 0) return report.at('metadata', 'labels').error(`invalid labels: ${listText(labels)}`)
  if (has(spec, 'probe')) checkProbe(at(spec, 'probe'), report.at('probe'))
}

const PROBE_NUMBERS = ['periodSeconds', 'initialDelaySeconds', 'timeoutSeconds', 'successThreshold', 'failureThreshold']

/** validateReadinessProbe. */
function checkProbe(probe: Json | undefined, report: Report): void {
  for (const field of PROBE_NUMBERS) {
    if (numberOf(probe, field) < 0) report.at(field).error(`${field} must be non-negative`)
  }
  if (has(probe, 'httpGet')) checkHttpProbe(at(probe, 'httpGet'), report.at('httpGet'))
  else if (has(probe, 'tcpSocket')) {
    report.at('tcpSocket', 'port').error(portProblem(numberOf(probe, 'tcpSocket', 'port')))
  } else if (has(probe, 'exec')) {
    if (listAt(probe, 'exec', 'command').length === 0) report.at('exec').error('exec.command is required')
  } else report.error(`unknown health check method ${has(probe, 'grpc') ? '*v1alpha3.ReadinessProbe_Grpc' : '<nil>'}`)
}

function checkHttpProbe(http: Json | undefined, report: Report): void {
  report.at('port').error(portProblem(numberOf(http, 'port')))
  if (!['', 'HTTP', 'HTTPS'].includes(textOf(http, 'scheme'))) {
    report.at('scheme').error('httpGet.scheme must be one of "HTTPS", "HTTP"')
  }
  forEach(listAt(http, 'httpHeaders'), report.at('httpHeaders'), (header, place) => {
    const name = textOf(header, 'name')
    if (name === '') place.error('header name cannot be empty')
    else if (!/^[-A-Za-z0-9]+$/.test(name)) place.at('name').error(`header name ${name} is not a valid header name`)
  })
}
