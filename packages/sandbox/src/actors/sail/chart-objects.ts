import { type JsonRecord, recordAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { namespaceOf } from './names.ts'
import { mergeValues } from './values.ts'

/** What a renderer is asked for: one IstioRevision with its fully computed values. */
export type RevisionToRender = { name: string; namespace: string; version: string; profile: string; values: JsonRecord }

/** The one port of the Sail stand-in: charts come from istioctl in the lab and from render.ts in the sandbox. */
export type Charts = {
  readonly revision: (revision: RevisionToRender) => Promise<KubernetesObject[]>
  /** What a tag of this name brings that points at the revision. */
  readonly tag: (tag: string, revision: RevisionToRender) => Promise<KubernetesObject[]>
  /** What runs on every node, for the control plane of that name. */
  readonly agent: (chart: AgentChart, wanted: RevisionToRender) => Promise<KubernetesObject[]>
}

export type AgentChart = 'cni' | 'ztunnel'

/** What the charts are told of an IstioRevision. */
export function toRender(revision: KubernetesObject): RevisionToRender {
  const values = recordAt(revision, 'spec', 'values')
  return {
    name: revision.metadata.name,
    namespace: namespaceOf(revision),
    version: textAt(revision, 'spec', 'version') ?? '',
    profile: textAt(values, 'profile') ?? 'default',
    values,
  }
}

type Labels = Record<string, string>

/** `istio.labels` of the charts, plus the release. */
export function chartLabels(revision: string, component: string): Labels {
  return { release: `${revision}-istiod`, ...commonLabels(revision, component) }
}

/** `istio.labels` of the charts. */
export function commonLabels(revision: string, component: string): Labels {
  return {
    'app.kubernetes.io/name': component,
    'app.kubernetes.io/managed-by': 'Helm',
    'app.kubernetes.io/instance': `${revision}-istiod`,
    'app.kubernetes.io/part-of': 'istio',
    'helm.sh/chart': 'istiod-1.0.0',
  }
}

/** The same of chart base, which is no revision's. */
export function baseLabels(component: string): Labels {
  return { ...chartLabels('default', component), 'helm.sh/chart': 'base-1.0.0' }
}

export function pilotLabels(revision: string): Labels {
  return {
    'istio.io/rev': revision,
    'install.operator.istio.io/owning-resource': 'unknown',
    'operator.istio.io/component': 'Pilot',
    ...chartLabels(revision, 'istiod'),
  }
}

export type Named = { apiVersion: string; kind: string; name: string; namespace?: string; labels: Labels }

export function chartObject({ apiVersion, kind, name, namespace, labels }: Named, body: JsonRecord): KubernetesObject {
  const metadata = namespace === undefined ? { name, labels } : { name, namespace, labels }
  return { apiVersion, kind, metadata, ...body }
}

/** Defaults of the chart that show in objects. */
const CHART_DEFAULTS: JsonRecord = {
  global: {
    hub: 'registry.istio.io/release',
    proxy: {
      autoInject: 'enabled',
      clusterDomain: 'cluster.local',
      image: 'proxyv2',
      resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '2000m', memory: '1024Mi' } },
    },
    pilotCertProvider: 'istiod',
    multiCluster: {},
    network: '',
    configValidation: true,
  },
  pilot: {
    autoscaleEnabled: true,
    autoscaleMin: 1,
    autoscaleMax: 5,
    replicaCount: 1,
    resources: { requests: { cpu: '500m', memory: '2048Mi' } },
    env: {},
  },
  sidecarInjectorWebhook: { enableNamespacesByDefault: false, alwaysInjectSelector: [], neverInjectSelector: [] },
  istiodRemote: { enabled: false, injectionPath: '/inject', injectionURL: '', injectionCABundle: '' },
  meshConfig: { enablePrometheusMerge: true },
}

/** What the charts' own profiles change in objects (manifests/charts/istio-control/istio-discovery/files). */
const CHART_PROFILES: Readonly<Record<string, JsonRecord>> = {
  remote: {
    istiodRemote: { enabled: true },
    configMap: false,
    telemetry: { enabled: false },
    global: { omitSidecarInjectorConfigMap: true },
  },
  demo: {
    meshConfig: { accessLogFile: '/dev/stdout' },
    pilot: { autoscaleEnabled: false, traceSampling: 100, resources: { requests: { cpu: '10m', memory: '100Mi' } } },
  },
  ambient: {
    meshConfig: { defaultConfig: { proxyMetadata: { ISTIO_META_ENABLE_HBONE: 'true' } } },
    global: { variant: 'distroless' },
    pilot: { env: { PILOT_ENABLE_AMBIENT: 'true' } },
  },
}

/** The values a chart sees: its defaults, the profile, the revision's values. */
export function chartValues(revision: RevisionToRender): JsonRecord {
  const profile = CHART_PROFILES[revision.profile] ?? {}
  const tagged = mergeValues(CHART_DEFAULTS, { global: { tag: revision.version.replace(/^v/, '') } })
  return mergeValues(mergeValues(tagged, profile), revision.values)
}
