import { type Json, type JsonRecord, numberAt, textAt } from '@orbweaver/contracts/json'
import { logLevels, retryConditions, tracingProviders } from '@orbweaver/contracts/mesh-settings'

/** How a setting is given: what a form asks for, and what a Mesh holds. */
type Form =
  | { form: 'flag' }
  | { form: 'choice'; options: readonly string[] }
  | { form: 'choices'; options: readonly string[] }
  | { form: 'number'; min: number; max: number; unit?: string }
  | { form: 'text'; rule: 'duration' | 'cpu' | 'memory' | 'trustDomain' | 'meshId' | 'format'; max: number }
  | { form: 'texts' }
  | { form: 'distribute' }
  | { form: 'failover' }
  | { form: 'provider' }
  | { form: 'json' }

export type Setting = Form & {
  /** Below `settings` of the Mesh: deploy/crds/meshes.yaml. */
  path: readonly [Group, ...string[]]
  /** Where Istio reads it: a path of its chart's values (meshConfig is one of them). Absent: an object of its own. */
  to?: string
  /** What holds where nothing is said; absent where Istio has no value of its own there. */
  default?: string | number | boolean
  /** How it is written there, where that is not the value itself. Nothing is written for undefined. */
  write?: (value: Json) => Json | undefined
}

type Group = 'governance' | 'system' | 'sidecar'

const cpu = { form: 'text', rule: 'cpu', max: 20 } as const
const memory = { form: 'text', rule: 'memory', max: 20 } as const
const proxy = ['sidecar', 'proxyResources'] as const
const flag = { form: 'flag' } as const

/**
 * Every setting of a Mesh. Defaults: istio 1.30 manifests/charts/istio-control/istio-discovery/values.yaml,
 * pkg/config/mesh/mesh.go (DefaultMeshConfig, DefaultProxyConfig) and pilot/.../route/retry/retry.go.
 */
export const settings = {
  outbound: {
    form: 'choice',
    options: ['ALLOW_ANY', 'REGISTRY_ONLY'],
    path: ['governance', 'outboundTrafficPolicy'],
    to: 'meshConfig.outboundTrafficPolicy.mode',
    default: 'ALLOW_ANY',
  },
  locality: {
    ...flag,
    path: ['governance', 'locality', 'enabled'],
    to: 'meshConfig.localityLbSetting.enabled',
    default: true,
  },
  distribute: {
    form: 'distribute',
    path: ['governance', 'locality', 'distribute'],
    to: 'meshConfig.localityLbSetting.distribute',
    write: whenNotEmpty,
  },
  failover: {
    form: 'failover',
    path: ['governance', 'locality', 'failover'],
    to: 'meshConfig.localityLbSetting.failover',
    write: whenNotEmpty,
  },
  failoverPriority: {
    form: 'texts',
    path: ['governance', 'locality', 'failoverPriority'],
    to: 'meshConfig.localityLbSetting.failoverPriority',
    write: whenNotEmpty,
  },
  retryAttempts: {
    form: 'number',
    min: 0,
    max: 100,
    path: ['governance', 'retries', 'attempts'],
    to: 'meshConfig.defaultHttpRetryPolicy.attempts',
    default: 2,
  },
  retryOn: {
    form: 'choices',
    options: [...retryConditions.http, ...retryConditions.grpc],
    path: ['governance', 'retries', 'retryOn'],
    to: 'meshConfig.defaultHttpRetryPolicy.retryOn',
    default: 'connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes',
    write: joined,
  },
  tracing: { ...flag, path: ['system', 'tracing', 'enabled'], to: 'meshConfig.enableTracing', default: true },
  sampling: {
    form: 'number',
    min: 0,
    max: 100,
    unit: '%',
    path: ['system', 'tracing', 'sampling'],
    to: 'pilot.traceSampling',
    default: 1,
  },
  tracingProvider: {
    form: 'provider',
    path: ['system', 'tracing', 'provider'],
    to: 'meshConfig.extensionProviders',
    write: extensionProviders,
  },
  accessLog: {
    ...flag,
    path: ['system', 'accessLog', 'enabled'],
    to: 'meshConfig.accessLogFile',
    default: false,
    write: (on) => (on === true ? '/dev/stdout' : ''),
  },
  accessLogEncoding: {
    form: 'choice',
    options: ['TEXT', 'JSON'],
    path: ['system', 'accessLog', 'encoding'],
    to: 'meshConfig.accessLogEncoding',
    default: 'TEXT',
  },
  accessLogFormat: {
    form: 'text',
    rule: 'format',
    max: 4096,
    path: ['system', 'accessLog', 'format'],
    to: 'meshConfig.accessLogFormat',
  },
  trustDomain: {
    form: 'text',
    rule: 'trustDomain',
    max: 253,
    path: ['system', 'trustDomain'],
    to: 'meshConfig.trustDomain',
    default: 'cluster.local',
  },
  trustDomainAliases: {
    form: 'texts',
    path: ['system', 'trustDomainAliases'],
    to: 'meshConfig.trustDomainAliases',
    write: whenNotEmpty,
  },
  /** The blueprints write it, as every cluster of a mesh has one; without it, the mesh's name. */
  meshId: { form: 'text', rule: 'meshId', max: 63, path: ['system', 'meshId'] },
  injectByDefault: {
    ...flag,
    path: ['sidecar', 'injectByDefault'],
    to: 'sidecarInjectorWebhook.enableNamespacesByDefault',
    default: false,
  },
  cpuRequest: {
    ...cpu,
    path: [...proxy, 'requests', 'cpu'],
    to: 'global.proxy.resources.requests.cpu',
    default: '100m',
  },
  cpuLimit: { ...cpu, path: [...proxy, 'limits', 'cpu'], to: 'global.proxy.resources.limits.cpu', default: '2000m' },
  memoryRequest: {
    ...memory,
    path: [...proxy, 'requests', 'memory'],
    to: 'global.proxy.resources.requests.memory',
    default: '128Mi',
  },
  memoryLimit: {
    ...memory,
    path: [...proxy, 'limits', 'memory'],
    to: 'global.proxy.resources.limits.memory',
    default: '1024Mi',
  },
  logLevel: {
    form: 'choice',
    options: logLevels,
    path: ['sidecar', 'proxyLogLevel'],
    to: 'global.proxy.logLevel',
    default: 'warning',
  },
  /** A Sidecar in the root namespace says it, no value. */
  discoveryIsolation: { ...flag, path: ['sidecar', 'discoveryIsolation'], default: false },
  holdApplication: {
    ...flag,
    path: ['sidecar', 'holdApplicationUntilProxyStarts'],
    to: 'meshConfig.defaultConfig.holdApplicationUntilProxyStarts',
    default: false,
  },
  drainDuration: {
    form: 'text',
    rule: 'duration',
    max: 20,
    path: ['sidecar', 'terminationDrainDuration'],
    to: 'meshConfig.defaultConfig.terminationDrainDuration',
    default: '5s',
    write: inSeconds,
  },
  zeroConnections: {
    ...flag,
    path: ['sidecar', 'exitOnZeroActiveConnections'],
    to: 'meshConfig.defaultConfig.proxyMetadata.EXIT_ON_ZERO_ACTIVE_CONNECTIONS',
    default: false,
    write: (on) => String(on === true),
  },
  /** Default: pilot/cmd/pilot-agent/options/options.go. */
  minimumDrain: {
    form: 'text',
    rule: 'duration',
    max: 20,
    path: ['sidecar', 'minimumDrainDuration'],
    to: 'meshConfig.defaultConfig.proxyMetadata.MINIMUM_DRAIN_DURATION',
    default: '5s',
  },
  imagePullPolicy: {
    form: 'choice',
    options: ['Always', 'IfNotPresent', 'Never'],
    path: ['sidecar', 'imagePullPolicy'],
    to: 'global.imagePullPolicy',
    default: 'IfNotPresent',
  },
  imagePullSecrets: {
    form: 'texts',
    path: ['sidecar', 'imagePullSecrets'],
    to: 'global.imagePullSecrets',
    write: whenNotEmpty,
  },
  lifecycle: { form: 'json', path: ['sidecar', 'lifecycle'], to: 'global.proxy.lifecycle' },
} satisfies Record<string, Setting>

export type SettingId = keyof typeof settings

/** The settings as one list, for those to whom all are alike. */
export const everySetting: readonly { id: string; setting: Setting }[] = Object.entries(settings).map(
  ([id, setting]) => ({ id, setting }),
)

/** Name under which the provider of a mesh's own traces is known to its Telemetry objects. */
export const tracingProviderName = 'orbweaver-tracing'

/** Fields of ExtensionProvider in istio.io/api mesh/v1alpha1/config.proto: each of these has a service and a port. */
function extensionProviders(value: Json): Json | undefined {
  const type = tracingProviders.find((each) => each === textAt(value, 'type'))
  const service = textAt(value, 'service')
  const port = numberAt(value, 'port')
  if (type === undefined || service === undefined || port === undefined) return undefined
  const provider: JsonRecord = { name: tracingProviderName, [type]: { service, port } }
  return [provider]
}

const secondsOf: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600 }

/** Istio reads mesh configuration as protobuf's JSON, which knows durations in seconds only: `1m30s` is `90s` there. */
function inSeconds(value: Json): Json | undefined {
  if (typeof value !== 'string') return undefined
  const parts = [...value.matchAll(/([0-9.]+)(ms|s|m|h)/g)]
  const seconds = parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (secondsOf[unit] ?? 0), 0)
  return `${Number(seconds.toFixed(3))}s`
}

function joined(value: Json): Json | undefined {
  const texts = Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
  return texts.length > 0 ? texts.join(',') : undefined
}

function whenNotEmpty(value: Json): Json | undefined {
  return Array.isArray(value) && value.length > 0 ? value : undefined
}
