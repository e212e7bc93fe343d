import { isRecord, type Json, type JsonRecord, recordAt, sameJson } from '@orbweaver/contracts/json'
import { isKubernetesObject, type KubernetesObject } from '@orbweaver/contracts/kubernetes'

/**
 * The live value with everything the wish names laid over it. What the API server defaulted or others added stays;
 * lists of equal length are laid over item by item, others are replaced.
 */
export function overlay(live: Json | undefined, wish: Json | undefined): Json | undefined {
  if (isRecord(live) && isRecord(wish)) {
    const out: JsonRecord = { ...live }
    for (const [key, value] of Object.entries(wish)) if (value !== undefined) out[key] = overlay(live[key], value)
    return out
  }
  if (Array.isArray(live) && Array.isArray(wish) && live.length === wish.length) {
    return wish.map((each, index) => overlay(live[index], each) ?? null)
  }
  return wish
}

/** The object to write so that the wish is fulfilled, or undefined when it already is. */
export function updated(live: KubernetesObject, wish: KubernetesObject): KubernetesObject | undefined {
  const next = overlay(recordAt(live), recordAt(wish))
  if (sameJson(next, recordAt(live)) || !isKubernetesObject(next)) return undefined
  return next
}
