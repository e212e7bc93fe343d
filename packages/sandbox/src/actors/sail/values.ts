import { isRecord, type JsonRecord, recordAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { namespaceOf } from './names.ts'
import { profilesOf, profileValues } from './profiles.ts'

/** Helm's merge: maps are merged, everything else is replaced by the upper layer. */
export function mergeValues(lower: JsonRecord, upper: JsonRecord): JsonRecord {
  const out: JsonRecord = { ...lower }
  for (const [key, value] of Object.entries(upper)) {
    const below = out[key]
    out[key] = isRecord(below) && isRecord(value) ? mergeValues(below, value) : value
  }
  return out
}

type Computed = { readonly values: JsonRecord } | { readonly problem: string }

/** Values of the revision of an Istio: profiles, then the user's, then what the operator forces (pkg/istiovalues). */
export function revisionValues(istio: KubernetesObject, revision: { name: string; version: string }): Computed {
  const layers = profileValues(revision.version, profilesOf(textAt(istio, 'spec', 'profile')))
  if ('problem' in layers) return layers
  const forced = {
    revision: revision.name === 'default' ? '' : revision.name,
    global: { istioNamespace: namespaceOf(istio) },
  }
  const all: JsonRecord[] = [...layers, recordAt(istio, 'spec', 'values'), forced]
  const merged = all.reduce(mergeValues, {})
  const { defaultRevision: _, ...values } = merged
  return { values }
}
