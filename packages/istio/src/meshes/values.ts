import { flagAt, isRecord, type Json, type JsonRecord } from '@orbweaver/contracts/json'
import type { Mesh } from './mesh.ts'

/** Where one setting of a Mesh goes in Istio's Helm values, and how it is written there. */
type Rule = { from: string; to: string; write?: (value: Json) => Json | undefined }

const asText = (value: Json): Json => (value === true ? 'true' : 'false')
const joined = (value: Json): Json | undefined => {
  const texts = Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
  return texts.length > 0 ? texts.join(',') : undefined
}
const whenNotEmpty = (value: Json): Json | undefined => (Array.isArray(value) && value.length > 0 ? value : undefined)

/** Names on the left: deploy/crds/meshes.yaml; on the right: istio manifests/charts values and meshConfig (1.30). */
const rules: readonly Rule[] = [
  { from: 'governance.outboundTrafficPolicy', to: 'meshConfig.outboundTrafficPolicy.mode' },
  { from: 'governance.locality.enabled', to: 'meshConfig.localityLbSetting.enabled' },
  { from: 'governance.locality.distribute', to: 'meshConfig.localityLbSetting.distribute', write: whenNotEmpty },
  { from: 'governance.locality.failover', to: 'meshConfig.localityLbSetting.failover', write: whenNotEmpty },
  { from: 'governance.retries.attempts', to: 'meshConfig.defaultHttpRetryPolicy.attempts' },
  { from: 'governance.retries.retryOn', to: 'meshConfig.defaultHttpRetryPolicy.retryOn', write: joined },
  { from: 'system.tracing.enabled', to: 'meshConfig.enableTracing' },
  { from: 'system.tracing.sampling', to: 'pilot.traceSampling' },
  {
    from: 'system.accessLog.enabled',
    to: 'meshConfig.accessLogFile',
    write: (on) => (on === true ? '/dev/stdout' : ''),
  },
  { from: 'system.accessLog.encoding', to: 'meshConfig.accessLogEncoding' },
  { from: 'system.accessLog.format', to: 'meshConfig.accessLogFormat' },
  { from: 'system.trustDomain', to: 'meshConfig.trustDomain' },
  { from: 'system.trustDomainAliases', to: 'meshConfig.trustDomainAliases', write: whenNotEmpty },
  { from: 'sidecar.injectByDefault', to: 'sidecarInjectorWebhook.enableNamespacesByDefault' },
  { from: 'sidecar.proxyResources', to: 'global.proxy.resources' },
  { from: 'sidecar.proxyLogLevel', to: 'global.proxy.logLevel' },
  { from: 'sidecar.lifecycle', to: 'global.proxy.lifecycle' },
  { from: 'sidecar.holdApplicationUntilProxyStarts', to: 'meshConfig.defaultConfig.holdApplicationUntilProxyStarts' },
  { from: 'sidecar.terminationDrainDuration', to: 'meshConfig.defaultConfig.terminationDrainDuration' },
  {
    from: 'sidecar.exitOnZeroActiveConnections',
    to: 'meshConfig.defaultConfig.proxyMetadata.EXIT_ON_ZERO_ACTIVE_CONNECTIONS',
    write: asText,
  },
  { from: 'sidecar.imagePullPolicy', to: 'global.imagePullPolicy' },
  { from: 'sidecar.imagePullSecrets', to: 'global.imagePullSecrets', write: whenNotEmpty },
]

/** istiod requests and limits for so many services (S) and Pods (P): the presets of reference/mspider.md 3.3. */
const sizes: Record<string, JsonRecord> = {
  S50P200: resources(['200m', '200Mi'], ['1500m', '1500Mi']),
  S200P1000: resources(['400m', '500Mi'], ['2000m', '2000Mi']),
  S500P2000: resources(['600m', '800Mi'], ['3000m', '3000Mi']),
  S2000P8000: resources(['2000m', '4Gi'], ['6000m', '8Gi']),
  S5000P20000: resources(['4000m', '8Gi'], ['8000m', '16Gi']),
}

function resources(requests: [string, string], limits: [string, string]): JsonRecord {
  return { requests: { cpu: requests[0], memory: requests[1] }, limits: { cpu: limits[0], memory: limits[1] } }
}

/** Helm values of a mesh's control plane as its settings say; values a person gave have the last word over them. */
export function controlPlaneValues(mesh: Mesh): JsonRecord {
  const values: JsonRecord = {}
  for (const rule of rules) {
    const given = at(mesh.settings, rule.from)
    const written = given === undefined ? undefined : (rule.write ?? same)(given)
    if (written !== undefined) set(values, rule.to, written)
  }
  for (const [path, value] of Object.entries(sizing(mesh))) if (value !== undefined) set(values, path, value)
  return deepMerge(values, mesh.values)
}

/** Values of a member: what its own webhook and its own objects are rendered from. Templates come from the primary. */
export function memberValues(mesh: Mesh): JsonRecord {
  const all = controlPlaneValues(mesh)
  const values: JsonRecord = {}
  for (const path of ['sidecarInjectorWebhook.enableNamespacesByDefault', 'global.hub', 'global.imagePullSecrets']) {
    const value = at(all, path)
    if (value !== undefined) set(values, path, value)
  }
  return values
}

/** Whether Pods in namespaces without labels are injected, by settings or by values. */
export function injectsByDefault(mesh: Mesh): boolean {
  return flagAt(controlPlaneValues(mesh), 'sidecarInjectorWebhook', 'enableNamespacesByDefault') === true
}

/** Merges maps key by key; everything else, lists too, is replaced by what comes later. null removes, as in Helm. */
export function deepMerge(base: JsonRecord, over: JsonRecord): JsonRecord {
  const out: JsonRecord = { ...base }
  for (const [key, value] of Object.entries(over)) {
    const below = out[key]
    if (value === null) delete out[key]
    else out[key] = isRecord(value) ? deepMerge(isRecord(below) ? below : {}, value) : value
  }
  return out
}

/** Sets one dotted path, making the maps on the way. */
export function set(into: JsonRecord, path: string, value: Json): void {
  const [first = '', ...rest] = path.split('.')
  if (rest.length === 0) {
    into[first] = value
    return
  }
  const below = into[first]
  const map = isRecord(below) ? { ...below } : {}
  into[first] = map
  set(map, rest.join('.'), value)
}

function sizing(mesh: Mesh): Record<string, Json | undefined> {
  const { size, resources: given, replicas, autoscaling, imageHub } = mesh.controlPlane
  const preset = size === undefined ? undefined : sizes[size]
  const own = Object.keys(given).length > 0 ? given : preset
  return {
    'pilot.resources': own,
    'pilot.autoscaleEnabled': autoscaling === undefined ? (replicas === undefined ? undefined : false) : true,
    'pilot.replicaCount': replicas,
    'pilot.autoscaleMin': autoscaling?.min,
    'pilot.autoscaleMax': autoscaling?.max,
    'global.hub': imageHub,
  }
}

function at(from: JsonRecord, path: string): Json | undefined {
  let here: Json | undefined = from
  for (const step of path.split('.')) here = isRecord(here) ? here[step] : undefined
  return here
}

function same(value: Json): Json {
  return value
}
