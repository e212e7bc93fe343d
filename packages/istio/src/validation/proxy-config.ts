import { at, isRecord, type Json, type JsonRecord, numberAt, textAt } from '@orbweaver/contracts/json'
import { isAddress } from './addresses.ts'
import { checkClientTls } from './client-tls.ts'
import { durationProblem, hasFractionOfSecond, nanoseconds } from './durations.ts'
import { proxyConfigFields } from './generated/proxy-config-fields.ts'
import { fqdnProblem, portProblem, quoted } from './names.ts'
import { decodeMessage } from './proto-json.ts'
import { createReport } from './report.ts'

/**
 * Why Istio does not take a ProxyConfig, laid over its defaults: it cannot be read, or does not hold (istio
 * pkg/config/validation/agent, ValidateMeshConfigProxyConfig, 1.31).
 */
export function proxyConfigFault(document: Json): string | undefined {
  const decoded = decodeMessage(proxyConfigFields, 'mesh.ProxyConfig', document)
  if (decoded.fault !== undefined) return decoded.fault
  const config = decoded.value
  return (
    textFault(config) ??
    addressFault(config) ??
    tracingFault(config) ??
    numberFault(config) ??
    providerFault(config) ??
    connectionFault(config)
  )
}

function textFault(config: JsonRecord): string | undefined {
  const isEmpty = (field: string) => config[field] === ''
  const drain = textAt(config, 'drainDuration')
  if (isEmpty('configPath')) return 'config path must be set'
  if (isEmpty('binaryPath')) return 'binary path must be set'
  if (isEmpty('serviceCluster') && config['tracingServiceName'] === undefined)
    return 'service cluster must be specified'
  const problem = durationProblem(drain)
  if (problem !== undefined) return problem
  return drain !== undefined && hasFractionOfSecond(drain)
    ? 'drain time only supports durations to seconds precision'
    : undefined
}

function addressFault(config: JsonRecord): string | undefined {
  if (config['discoveryAddress'] === '') return 'discovery address must be set to the proxy discovery service'
  const addresses = [
    textAt(config, 'discoveryAddress'),
    textAt(config, 'statsdUdpAddress'),
    textAt(config, 'envoyMetricsServiceAddress'),
    textAt(config, 'envoyMetricsService', 'address'),
    textAt(config, 'envoyAccessLogService', 'address'),
  ]
  return first(
    addresses.filter((each) => each !== undefined && each !== '').map((each) => proxyAddressFault(each ?? '')),
  )
}

/** ValidateProxyAddress; of the host's own address the variable may stand in its place. */
function proxyAddressFault(address: string): string | undefined {
  const split = /^(?:\[([^[\]]*)\]|([^:[\]]*)):([^:[\]]*)$/.exec(address)
  if (split === null) return `unable to split ${quoted(address)}`
  const [, literal, name, port = ''] = split
  const host = literal ?? name ?? ''
  if (!/^[+-]?\d+$/.test(port)) return `port (${port}) is not a number`
  const isNamed = fqdnProblem(host) === undefined || isAddress(host)
  return portProblem(Number(port)) ?? (isNamed ? undefined : `${quoted(host)} is not a valid hostname or an IP address`)
}

/** Of several tracers the last one counts. */
const tracers = ['zipkin', 'lightstep', 'datadog', 'stackdriver', 'openCensusAgent']

function tracingFault(config: JsonRecord): string | undefined {
  const { tracing } = config
  const kind = tracers.findLast((each) => isRecord(at(tracing, each)))
  const address = textAt(tracing, kind ?? '', 'address') ?? ''
  if (kind === 'lightstep') {
    if ((textAt(tracing, 'lightstep', 'accessToken') ?? '') === '') return 'access token is required'
    return proxyAddressFault(address)
  }
  const fault =
    kind === 'zipkin' || kind === 'datadog' ? proxyAddressFault(address.replace('$(HOST_IP)', '127.0.0.1')) : undefined
  const report = createReport()
  checkClientTls(at(tracing, 'tlsSettings'), '', report)
  return fault ?? report.result().error
}

function numberFault(config: JsonRecord): string | undefined {
  const ports = ['proxyAdminPort', 'statusPort'].map((each) => numberAt(config, each))
  const isKnown = [undefined, 0, 1, 'NONE', 'MUTUAL_TLS'].some((each) => each === config['controlPlaneAuthPolicy'])
  const port = first(ports.map((each) => (each === undefined ? undefined : portProblem(each))))
  return port ?? (isKnown ? undefined : 'unrecognized control plane auth policy')
}

function providerFault(config: JsonRecord): string | undefined {
  const { privateKeyProvider: provider } = config
  if (provider === undefined) return undefined
  const kind = ['qat', 'cryptomb'].find((each) => isRecord(at(provider, each)))
  if (kind === undefined) return 'private key provider configuration is required'
  const delay = textAt(provider, kind, 'pollDelay')
  if (delay === undefined) return 'pollDelay is required'
  return nanoseconds(delay) === 0 ? 'pollDelay must be non zero' : undefined
}

/** The least that is taken. */
const lowest: Readonly<Record<string, number>> = {
  listenerPerConnectionBufferLimitBytes: 0,
  clusterPerConnectionBufferLimitBytes: 0,
  httpMaxConcurrentStreams: 1,
  http2InitialStreamWindowSize: 65_535,
  http2InitialConnectionWindowSize: 65_535,
  listenerConnectionLimit: 1,
  globalDownstreamConnectionLimit: 1,
}

function connectionFault(config: JsonRecord): string | undefined {
  const { connectionSettings: settings } = config
  return first(
    Object.entries(isRecord(settings) ? settings : {}).map(([field, value]) => {
      const amount = typeof value === 'string' ? nanoseconds(value) : typeof value === 'number' ? value : undefined
      const least = lowest[field] ?? 0
      return amount !== undefined && amount < least ? `${field} must be at least ${least}` : undefined
    }),
  )
}

function first(faults: readonly (string | undefined)[]): string | undefined {
  return faults.find((each) => each !== undefined)
}
