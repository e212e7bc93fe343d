import { z } from 'zod'

/** The patterns of deploy/crds/meshes.yaml: what the hub's API server takes, no more and no less. */
export const patterns = {
  meshName: /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/,
  address: /^([A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)$/,
  ipAddress: /^([0-9]{1,3}(\.[0-9]{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)$/,
  imageHub: /^[a-zA-Z0-9]([-a-zA-Z0-9._:/]*[a-zA-Z0-9])?$/,
  cpu: /^[0-9]+(\.[0-9]+)?m?$/,
  /** Without a unit it would be bytes, and a proxy of 128 bytes breaks the mesh; only 0, no limit, has none. */
  memory: /^(0|[0-9]+(\.[0-9]+)?(Ki|Mi|Gi|Ti|k|M|G|T))$/,
  /** Of istiod, which cannot run with no memory. */
  istiodMemory: /^[0-9]+(\.[0-9]+)?(Ki|Mi|Gi|Ti|k|M|G|T)$/,
  network: /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/,
  /** Go's duration, as protobuf's JSON form of it is too narrow for people. */
  duration: /^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$/,
  trustDomain: /^[A-Za-z0-9]([-A-Za-z0-9._]*[A-Za-z0-9])?$/,
  meshId: /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/,
  retryCondition: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  /** `namespace/host` or a host: Istio looks the name up among its services (mesh config.proto, 1.30). */
  service: /^([a-z0-9]([-a-z0-9]*[a-z0-9])?\/)?[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/,
} as const

export const tracingProviders = ['zipkin', 'opentelemetry', 'datadog', 'skywalking'] as const
/** Of Envoy: what `x-envoy-retry-on` and `x-envoy-retry-grpc-on` take. */
export const retryConditions = {
  http: [
    '5xx',
    'connect-failure',
    'envoy-ratelimited',
    'gateway-error',
    'http3-post-connect-failure',
    'refused-stream',
    'reset',
    'retriable-4xx',
    'retriable-headers',
    'retriable-status-codes',
  ],
  grpc: ['cancelled', 'deadline-exceeded', 'internal', 'resource-exhausted', 'unavailable'],
} as const
export const logLevels = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'] as const

const text = (max: number, pattern?: RegExp) => {
  const base = z.string().min(1).max(max)
  return (pattern === undefined ? base : base.regex(pattern)).optional()
}
const flag = z.boolean().optional()
const cpu = text(20, patterns.cpu)

const Distribute = z
  .looseObject({ from: z.string().min(1).max(190), to: z.record(z.string(), z.number().int().min(1).max(100)) })
  .refine(({ to }) => Object.values(to).reduce((sum, each) => sum + each, 0) === 100, { path: ['to'] })

const Failover = z
  .looseObject({ from: z.string().min(1).max(63), to: z.string().min(1).max(63) })
  .refine(({ from, to }) => from !== to, { path: ['to'] })

/** Which of the three may stand beside another: istio pkg/config/validation/agent ValidateLocalityLbSetting, 1.30. */
const Locality = z
  .looseObject({
    enabled: flag,
    distribute: z.array(Distribute).max(32).optional(),
    failover: z.array(Failover).max(32).optional(),
    failoverPriority: z.array(z.string().min(1).max(317)).max(16).optional(),
  })
  .refine(({ distribute, failover }) => distribute === undefined || failover === undefined, { path: ['failover'] })
  .refine(
    ({ distribute, failover, failoverPriority }) =>
      failoverPriority === undefined ||
      (distribute === undefined &&
        (failover === undefined || !failoverPriority.some((each) => each.startsWith('topology.')))),
    { path: ['failoverPriority'] },
  )

const Governance = z.looseObject({
  outboundTrafficPolicy: z.enum(['ALLOW_ANY', 'REGISTRY_ONLY']).optional(),
  locality: Locality.optional(),
  retries: z
    .looseObject({
      attempts: z.number().int().min(0).max(100).optional(),
      retryOn: z.array(z.string().max(63).regex(patterns.retryCondition)).max(20).optional(),
    })
    .optional(),
})

const System = z.looseObject({
  tracing: z
    .looseObject({
      enabled: flag,
      sampling: z.number().min(0).max(100).optional(),
      provider: z
        .looseObject({
          type: z.enum(tracingProviders),
          service: z.string().max(317).regex(patterns.service),
          port: z.number().int().min(1).max(65_535),
        })
        .optional(),
    })
    .optional(),
  accessLog: z
    .looseObject({
      enabled: flag,
      encoding: z.enum(['TEXT', 'JSON']).optional(),
      format: z.string().max(4096).optional(),
    })
    .optional(),
  trustDomain: text(253, patterns.trustDomain),
  trustDomainAliases: z.array(z.string().min(1).max(253)).max(20).optional(),
  meshId: text(63, patterns.meshId),
})

const Sidecar = z.looseObject({
  injectByDefault: flag,
  proxyResources: z
    .looseObject({
      requests: z.looseObject({ cpu, memory: text(20, patterns.memory) }).optional(),
      limits: z.looseObject({ cpu, memory: text(20, patterns.memory) }).optional(),
    })
    .optional(),
  proxyLogLevel: z.enum(logLevels).optional(),
  holdApplicationUntilProxyStarts: flag,
  terminationDrainDuration: text(20, patterns.duration),
  exitOnZeroActiveConnections: flag,
  minimumDrainDuration: text(20, patterns.duration),
  discoveryIsolation: flag,
  imagePullPolicy: z.enum(['Always', 'IfNotPresent', 'Never']).optional(),
  imagePullSecrets: z.array(z.string().min(1).max(253)).max(10).optional(),
  lifecycle: z.record(z.string(), z.json()).optional(),
})

/** What is left out keeps Istio's own default; fields that a later schema knows survive. */
export const MeshSettings = z.looseObject({
  governance: Governance.optional(),
  system: System.optional(),
  sidecar: Sidecar.optional(),
})
