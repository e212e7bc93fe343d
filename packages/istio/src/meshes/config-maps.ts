import { at, isJson, isRecord, type Json, type JsonRecord, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { names } from '../world/names.ts'
import { set } from './values.ts'

/**
 * Label by which Istio's own ConfigMaps are told from all others. The istiod chart writes it on each of them, whoever
 * renders it (Helm, istioctl, Sail): istio manifests/charts/istio-control/istio-discovery/templates, configmap.yaml and
 * istiod-injector-configmap.yaml since 1.6, configmap-values.yaml since that file exists (1.24), unchanged in 1.30.
 */
export const configMapSelector = names.revision

/** Of `meshConfig` what is shown or judged by; not: extension providers and tracers, whose headers may hold tokens. */
export const meshPaths = [
  'trustDomain',
  'trustDomainAliases',
  'rootNamespace',
  'outboundTrafficPolicy.mode',
  'accessLogFile',
  'enableTracing',
  'discoverySelectors',
  'serviceSettings',
  'enableAutoMtls',
  'defaultServiceExportTo',
  'defaultVirtualServiceExportTo',
  'defaultDestinationRuleExportTo',
  'pathNormalization.normalization',
  'ingressSelector',
  'ingressService',
  'ingressControllerMode',
  'defaultConfig.image.imageType',
  'defaultConfig.meshId',
  'defaultConfig.proxyMetadata.ISTIO_META_DNS_CAPTURE',
  'defaultConfig.proxyMetadata.ISTIO_META_DNS_AUTO_ALLOCATE',
  'defaultConfig.proxyMetadata.PILOT_ENABLE_IP_AUTOALLOCATE',
  'defaultProviders.accessLogging',
] as const

/** Of Helm values likewise: any value may be a secret, so none is kept that is not named here. */
export const valuePaths = [
  'global.hub',
  'global.multiCluster.clusterName',
  'global.meshID',
  'global.network',
  'global.remotePilotAddress',
  'global.tag',
  'global.proxy.autoInject',
  'global.proxy.image',
  'pilot.env.EXTERNAL_ISTIOD',
  'sidecarInjectorWebhook.enableNamespacesByDefault',
  'sidecarInjectorWebhook.neverInjectSelector',
  'sidecarInjectorWebhook.alwaysInjectSelector',
  ...meshPaths.map((path) => `meshConfig.${path}`),
]

export type ConfigMapBase = 'istio' | 'istio-sidecar-injector' | 'values'
type Kept = { base: ConfigMapBase; key: string; paths: readonly string[] }
const keptMaps: readonly Kept[] = [
  { base: 'istio', key: 'mesh', paths: meshPaths },
  { base: 'istio-sidecar-injector', key: 'values', paths: valuePaths },
  { base: 'values', key: 'merged-values', paths: valuePaths },
]

/**
 * What is kept of one of Istio's ConfigMaps: one key, a few paths of the document in it, written as JSON. Nothing of any
 * other ConfigMap, labelled or not. `parse` reads a document (YAML, of which JSON is a part) and may throw.
 */
export function keptData(map: KubernetesObject, parse: (text: string) => unknown): Record<string, string> {
  const kept = keptFrom(map)
  const text = kept === undefined ? undefined : textAt(map, 'data', kept.key)
  if (kept === undefined || text === undefined) return {}
  const document = attempt(() => parse(text))
  return isRecord(document) ? { [kept.key]: JSON.stringify(picked(document, kept.paths)) } : {}
}

/** By its name, where the rest of the name is the revision that the label says. */
function keptFrom(map: KubernetesObject): Kept | undefined {
  const revision = labelsOf(map)[names.revision]
  if (revision === undefined) return undefined
  return keptMaps.find(({ base }) => configMapNames(base, revision).includes(map.metadata.name))
}

/** Names a revision's ConfigMap may have: the chart leaves `default` out only where its value `revision` is empty. */
export function configMapNames(base: ConfigMapBase, revision: string): string[] {
  return revision === 'default' ? [base, `${base}-default`] : [`${base}-${revision}`]
}

/** The JSON document under a key of a ConfigMap; undefined where there is none that can be read. */
export function documentAt(map: KubernetesObject | undefined, key: string): Json | undefined {
  const text = textAt(map, 'data', key)
  if (text === undefined) return undefined
  const value = attempt((): unknown => JSON.parse(text))
  return isJson(value) ? value : undefined
}

/** Somebody else wrote the document: what cannot be read says nothing. */
function attempt(read: () => unknown): unknown {
  try {
    return read()
  } catch {
    return undefined
  }
}

function picked(document: JsonRecord, paths: readonly string[]): JsonRecord {
  const out: JsonRecord = {}
  for (const path of paths) {
    const value = at(document, ...path.split('.'))
    if (value !== undefined) set(out, path, value)
  }
  return out
}
