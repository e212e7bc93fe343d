import { canonicalJson, isRecord } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { cloneObject, parseJson } from '../clone.ts'
import { apiVersionFor, type Served } from '../definition.ts'
import { compareStates, fieldSetOf } from './compare.ts'
import { difference, emptyFieldSet, type FieldSet } from './field-set.ts'
import type { Writer } from './track.ts'

/** The only manager that goes over from client-side apply. */
const kubectlManager = 'kubectl'

const annotation = 'kubectl.kubernetes.io/last-applied-configuration'

/**
 * Which of the fields that an apply takes others may hold against it: kubectl may take what client-side apply has set.
 * Source: apimachinery util/managedfields/internal/lastappliedmanager.go v0.36.
 */
export function contested({ manager, served }: Writer, live: KubernetesObject | undefined, taken: FieldSet): FieldSet {
  if (manager !== kubectlManager || live === undefined) return taken
  return difference(taken, fieldsOfLastApplied(served, live))
}

/** What client-side apply has set and is still as it was set. */
function fieldsOfLastApplied(served: Served, live: KubernetesObject): FieldSet {
  const last = parsed(annotationsOf(live)[annotation] ?? '')
  if (!isRecord(last) || last.apiVersion !== apiVersionFor(served)) return emptyFieldSet()
  const { schema } = served.version
  const { added, modified, removed } = compareStates(last, cloneObject(live), schema)
  return [added, modified, removed].reduce(difference, fieldSetOf(last, schema))
}

function parsed(text: string): unknown {
  try {
    return parseJson(text)
  } catch {
    // Whoever wrote it, it is no configuration: it allows nothing.
    return undefined
  }
}

/** The annotation of client-side apply follows, where there is one. Source: lastappliedupdater.go. */
export function renewLastApplied({ manager }: Writer, object: KubernetesObject, applied: KubernetesObject): void {
  const annotations = annotationsOf(object)
  if (manager !== kubectlManager || (annotations[annotation] ?? '') === '') return
  const { [annotation]: _last, ...rest } = annotationsOf(applied)
  const { annotations: _all, managedFields: _managers, ...metadata } = applied.metadata
  const kept = Object.keys(rest).length === 0 ? metadata : { ...metadata, annotations: rest }
  const configuration = `${canonicalJson({ ...applied, metadata: kept })}\n`
  object.metadata.annotations = { ...annotations, [annotation]: configuration }
}
