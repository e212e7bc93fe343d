import { isRecord, type JsonRecord, recordAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { namespaceOf } from './names.ts'

/** Helm's merge: maps are merged, everything else is replaced by the upper layer. */
export function mergeValues(lower: JsonRecord, upper: JsonRecord): JsonRecord {
  const out: JsonRecord = { ...lower }
  for (const [key, value] of Object.entries(upper)) {
    const below = out[key]
    out[key] = isRecord(below) && isRecord(value) ? mergeValues(below, value) : value
  }
  return out
}

/** Values of the revision of an Istio: profile, then the user's, then what the operator forces (pkg/istiovalues). */
export function revisionValues(istio: KubernetesObject, revision: string): JsonRecord {
  const profile = textAt(istio, 'spec', 'profile')
  const fromProfile: JsonRecord = profile === undefined || profile === 'default' ? {} : { profile }
  const merged = mergeValues(fromProfile, recordAt(istio, 'spec', 'values'))
  const forced = { revision: revision === 'default' ? '' : revision, global: { istioNamespace: namespaceOf(istio) } }
  const { defaultRevision: _, ...values } = mergeValues(merged, forced)
  return values
}
