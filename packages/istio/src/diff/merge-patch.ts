import { isRecord, type Json, type JsonRecord } from '@orbweaver/contracts/json'
import { isKubernetesObject, type KubernetesObject } from '@orbweaver/contracts/kubernetes'

/** The object after a JSON merge patch (RFC 7386): null removes, maps are merged, anything else replaces. */
export function withMergePatch(object: KubernetesObject, patch: JsonRecord): KubernetesObject {
  const merged = merge(object, patch)
  if (!isKubernetesObject(merged)) throw new TypeError('a merge patch removed apiVersion, kind or metadata')
  return merged
}

/** A document after a merge patch that leaves it a map. */
export function mergePatched(target: JsonRecord, patch: JsonRecord): JsonRecord {
  const merged = merge(target, patch)
  return isRecord(merged) ? merged : {}
}

function merge(target: Json | undefined, patch: Json | undefined): Json | undefined {
  if (!isRecord(patch)) return patch
  const out: JsonRecord = isRecord(target) ? { ...target } : {}
  for (const [key, each] of Object.entries(patch)) {
    if (each === null) delete out[key]
    else out[key] = merge(out[key], each)
  }
  return out
}
