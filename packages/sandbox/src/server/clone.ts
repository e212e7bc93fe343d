import { isJson, isRecord, type Json, type JsonRecord } from '@orbweaver/contracts/json'
import { isKubernetesObject, type KubernetesObject } from '@orbweaver/contracts/kubernetes'

/** A deep copy without absent fields. Stored objects are never changed in place: writers work on copies. */
export function cloneJson(value: Json): Json {
  if (Array.isArray(value)) return value.map(cloneJson)
  if (!isRecord(value)) return value
  return cloneRecord(value)
}

export function cloneRecord(value: JsonRecord): JsonRecord {
  const out: JsonRecord = {}
  for (const [key, each] of Object.entries(value)) if (each !== undefined) out[key] = cloneJson(each)
  return out
}

export function cloneObject(object: KubernetesObject): KubernetesObject {
  return asObject(cloneRecord(object))
}

/** Narrows what is known to be an object by construction; a failure is a fault of ours, not of a caller. */
export function asObject(value: JsonRecord): KubernetesObject {
  if (!isKubernetesObject(value)) throw new TypeError('not a Kubernetes object')
  return value
}

/** Parses JSON text that this process wrote itself. */
export function parseJson(text: string): Json {
  const parsed: unknown = JSON.parse(text)
  if (!isJson(parsed)) throw new TypeError('not JSON')
  return parsed
}

/** The record at a key, made when missing: for defaulting and other in-place building of copies. */
export function ensureRecord(parent: JsonRecord, key: string): JsonRecord {
  const found = parent[key]
  if (isRecord(found)) return found
  const made: JsonRecord = {}
  parent[key] = made
  return made
}
