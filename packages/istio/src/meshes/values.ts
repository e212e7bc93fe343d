import { at, flagAt, isRecord, type Json, type JsonRecord } from '@orbweaver/contracts/json'
import type { Mesh } from './mesh.ts'
import { everySetting, tracingProviderName } from './settings.ts'
import { presetOf } from './sizes.ts'

/** Helm values of a mesh's control plane as its settings say; values a person gave have the last word over them. */
export function controlPlaneValues(mesh: Mesh): JsonRecord {
  const values: JsonRecord = {}
  for (const { setting } of everySetting) {
    const given = at(mesh.settings, ...setting.path)
    const written = given === undefined ? undefined : (setting.write ?? same)(given)
    if (written !== undefined && setting.to !== undefined) set(values, setting.to, written)
  }
  // Without being the default, a provider is used only by those who name it (pilot/pkg/model/telemetry.go).
  if (at(values, 'meshConfig', 'extensionProviders') !== undefined) {
    set(values, 'meshConfig.defaultProviders.tracing', [tracingProviderName])
  }
  for (const [path, value] of Object.entries(sizing(mesh))) if (value !== undefined) set(values, path, value)
  return deepMerge(values, mesh.values)
}

/**
 * What of a mesh's values a member's own objects are rendered from: its webhook and its Service (chart istiod with
 * istiodRemote.enabled, 1.30). All else is read where istiod runs, templates too, and cannot differ by member.
 */
const inheritedByMembers = [
  ['sidecarInjectorWebhook', 'enableNamespacesByDefault'],
  ['sidecarInjectorWebhook', 'reinvocationPolicy'],
  ['global', 'hub'],
  ['global', 'imagePullSecrets'],
] as const

/** Values of a member: what it inherits, and over it what the Mesh says of this member alone; null clears. */
export function memberValues(mesh: Mesh, cluster: string): JsonRecord {
  const all = controlPlaneValues(mesh)
  const values: JsonRecord = {}
  for (const path of inheritedByMembers) {
    const value = at(all, ...path)
    if (value !== undefined) set(values, path.join('.'), value)
  }
  return deepMerge(values, mesh.members.find((each) => each.cluster === cluster)?.values ?? {})
}

/** Whether Pods of a cluster in namespaces without labels are injected, by settings or by values. */
export function injectsByDefault(mesh: Mesh, cluster: string): boolean {
  const values = cluster === mesh.controlPlane.cluster ? controlPlaneValues(mesh) : memberValues(mesh, cluster)
  return flagAt(values, 'sidecarInjectorWebhook', 'enableNamespacesByDefault') === true
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
  const preset = presetOf(size)
  const sized = preset && { requests: { ...preset.requests }, limits: { ...preset.limits } }
  const own = Object.keys(given).length > 0 ? given : sized
  return {
    'pilot.resources': own,
    'pilot.autoscaleEnabled': autoscaling === undefined ? (replicas === undefined ? undefined : false) : true,
    'pilot.replicaCount': replicas,
    'pilot.autoscaleMin': autoscaling?.min,
    'pilot.autoscaleMax': autoscaling?.max,
    'global.hub': imageHub,
  }
}

function same(value: Json): Json {
  return value
}
