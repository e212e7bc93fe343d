import {
  flagAt,
  isRecord,
  type Json,
  type JsonRecord,
  listAt,
  numberAt,
  recordAt,
  stringsAt,
  textAt,
  textsAt,
} from '@orbweaver/contracts/json'

/** What a control plane's mesh configuration says, with Istio's own defaults (istio pkg/config/mesh/mesh.go, 1.31). */
export type MeshSettings = {
  rootNamespace: string
  /** Domain of Kubernetes Services. */
  domain: string
  trustDomain: string
  trustDomainAliases: readonly string[]
  /** Others whose roots are taken too: certificates of theirs are accepted. */
  foreignTrustDomains: readonly string[]
  autoMtls: boolean
  outbound: 'ALLOW_ANY' | 'REGISTRY_ONLY'
  /** Who sees an object that does not say it. */
  exportTo: { virtualService: readonly string[]; destinationRule: readonly string[]; service: readonly string[] }
  discoverySelectors: readonly Json[]
  /** For the Services of some hosts: `settings.clusterLocal` keeps callers to their own cluster's endpoints. */
  serviceSettings: readonly Json[]
  extensionProviders: readonly Json[]
  /** Whether providers were left out where the configuration was read: they may hold secrets. */
  providersUnread: boolean
  /** Providers of telemetry where no Telemetry names one. */
  defaultProviders: JsonRecord
  pathNormalization: string
  /** Proxies before the gateways whose word in X-Forwarded-For counts. */
  trustedProxies: number
  /** Whether the agent collects the metrics of the application too, and the port that it has. */
  metricsMerge: boolean
  statusPort: number
  /** Environment of proxies where no ProxyConfig says otherwise. */
  proxyMetadata: Readonly<Record<string, string>>
  /** Of proxies' images where no ProxyConfig says otherwise; empty for the usual one. */
  imageType: string
  ingressSelector: string
  ingressService: string
  /** Of the IngressController; DEFAULT, STRICT or OFF. */
  ingressMode: string
  /** What HTTP routes that say nothing of retries do; undefined where Istio's own is not replaced. */
  defaultRetries: JsonRecord | undefined
}

export type SettingsParts = {
  /** The document of key `mesh` of ConfigMap `istio`, or of a file; empty where nothing is said. */
  config?: JsonRecord
  /** Where the control plane is: also the root namespace, where its configuration names none. */
  istioNamespace: string
  rootNamespace?: string
  domain?: string
  autoMtls?: boolean
  providersUnread?: boolean
}

function metricsOf(config: JsonRecord): Pick<MeshSettings, 'metricsMerge' | 'statusPort'> {
  return {
    metricsMerge: flagAt(config, 'enablePrometheusMerge') ?? true,
    statusPort: numberAt(config, 'defaultConfig', 'statusPort') ?? 15_020,
  }
}

export function meshSettings(parts: SettingsParts): MeshSettings {
  const { config = {}, istioNamespace, domain = 'cluster.local' } = parts
  const outbound = textAt(config, 'outboundTrafficPolicy', 'mode')
  const said = (key: string, otherwise: string) => textAt(config, ...key.split('.')) ?? otherwise
  return {
    rootNamespace: parts.rootNamespace ?? said('rootNamespace', istioNamespace),
    domain,
    trustDomain: said('trustDomain', domain),
    trustDomainAliases: textsAt(config, 'trustDomainAliases'),
    foreignTrustDomains: listAt(config, 'caCertificates').flatMap((each) => textsAt(each, 'trustDomains')),
    autoMtls: parts.autoMtls ?? flagAt(config, 'enableAutoMtls') ?? true,
    outbound: outbound === 'REGISTRY_ONLY' ? 'REGISTRY_ONLY' : 'ALLOW_ANY',
    exportTo: {
      virtualService: textsAt(config, 'defaultVirtualServiceExportTo'),
      destinationRule: textsAt(config, 'defaultDestinationRuleExportTo'),
      service: textsAt(config, 'defaultServiceExportTo'),
    },
    discoverySelectors: listAt(config, 'discoverySelectors'),
    serviceSettings: listAt(config, 'serviceSettings'),
    extensionProviders: listAt(config, 'extensionProviders'),
    providersUnread: parts.providersUnread ?? false,
    defaultProviders: recordAt(config, 'defaultProviders'),
    pathNormalization: said('pathNormalization.normalization', 'DEFAULT'),
    ...metricsOf(config),
    trustedProxies: numberAt(config, 'defaultConfig', 'gatewayTopology', 'numTrustedProxies') ?? 0,
    proxyMetadata: stringsAt(config, 'defaultConfig', 'proxyMetadata'),
    imageType: said('defaultConfig.image.imageType', ''),
    ingressSelector: said('ingressSelector', 'ingressgateway'),
    ingressService: said('ingressService', 'istio-ingressgateway'),
    ingressMode: said('ingressControllerMode', 'STRICT'),
    defaultRetries: isRecord(config.defaultHttpRetryPolicy) ? config.defaultHttpRetryPolicy : undefined,
  }
}
