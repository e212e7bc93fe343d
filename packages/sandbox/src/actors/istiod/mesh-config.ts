import { type Json, type JsonRecord, listAt, recordAt, textAt } from '@orbweaver/contracts/json'

/** Source: pkg/config/mesh/mesh.go DefaultMeshConfig, as protojson writes it: fields with their zero value are left out. */
const defaults: JsonRecord = {
  proxyListenPort: 15001,
  proxyInboundListenPort: 15006,
  connectTimeout: '10s',
  protocolDetectionTimeout: '0s',
  ingressClass: 'istio',
  ingressService: 'istio-ingressgateway',
  ingressControllerMode: 'STRICT',
  enableTracing: true,
  defaultConfig: {
    configPath: './etc/istio/proxy',
    binaryPath: '/usr/local/bin/envoy',
    serviceCluster: 'istio-proxy',
    drainDuration: '45s',
    discoveryAddress: 'istiod.istio-system.svc:15012',
    proxyAdminPort: 15000,
    controlPlaneAuthPolicy: 'MUTUAL_TLS',
    statNameLength: 189,
    statusPort: 15020,
    terminationDrainDuration: '5s',
  },
  outboundTrafficPolicy: { mode: 'ALLOW_ANY' },
  inboundTrafficPolicy: {},
  enableAutoMtls: true,
  trustDomain: 'cluster.local',
  defaultServiceExportTo: ['*'],
  defaultVirtualServiceExportTo: ['*'],
  defaultDestinationRuleExportTo: ['*'],
  rootNamespace: 'istio-system',
  localityLbSetting: { enabled: true },
  dnsRefreshRate: '60s',
  enablePrometheusMerge: true,
  extensionProviders: [
    { name: 'prometheus', prometheus: {} },
    { name: 'stackdriver', stackdriver: {} },
    { name: 'envoy', envoyFileAccessLog: { path: '/dev/stdout' } },
  ],
  defaultProviders: {},
}

/** Fields that know "not set" apart from false. */
const wrapped: ReadonlySet<string> = new Set(['enableAutoMtls', 'enablePrometheusMerge'])

/**
 * The mesh configuration that an istiod works with: what its ConfigMap says over the defaults. Fields are overridden whole,
 * but for the proxies' configuration and the providers (mesh.go ApplyMeshConfig).
 */
export function meshConfigOf(mesh: Json | undefined): object {
  const own = recordAt(mesh)
  const merged = {
    ...defaults,
    ...own,
    defaultConfig: { ...recordAt(defaults, 'defaultConfig'), ...recordAt(own, 'defaultConfig') },
    defaultProviders: { ...recordAt(defaults, 'defaultProviders'), ...recordAt(own, 'defaultProviders') },
    extensionProviders: withProviders(listAt(own, 'extensionProviders')),
  }
  return Object.fromEntries(
    Object.entries<Json | undefined>(merged).filter(([key, value]) => wrapped.has(key) || !isZero(value)),
  )
}

function withProviders(own: Json[]): Json[] {
  const named = (providers: Json[], provider: Json) =>
    providers.find((each) => textAt(each, 'name') === textAt(provider, 'name'))
  const known = listAt(defaults, 'extensionProviders')
  return [...known.map((each) => named(own, each) ?? each), ...own.filter((each) => named(known, each) === undefined)]
}

function isZero(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.length === 0
  return value === undefined || value === null || value === false || value === '' || value === 0
}
