import { isRecord, type JsonRecord, recordAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import type { Registry } from '../registry.ts'
import { celValue } from '../schema/cel.ts'
import { labelsMatch, selectorRequirements } from '../selectors/labels.ts'
import { inVersion } from '../store/encode.ts'
import type { ObjectStore } from '../store/store.ts'
import type { Attempt } from './admission.ts'

type Parts = { store: ObjectStore; registry: Registry }
type Pair = { policy: KubernetesObject; binding: KubernetesObject }

/**
 * The objects of parameters that a binding names, as CEL sees them: by name or by labels, in the namespace that it names or
 * else in that of the write. Source: apiserver pkg/admission/plugin/policy/generic CollectParams v0.36.
 */
export function paramsOf(parts: Parts, { policy, binding }: Pair, attempt: Attempt): unknown[] {
  const served = paramKind(parts.registry, recordAt(policy, 'spec', 'paramKind'))
  const reference = recordAt(binding, 'spec', 'paramRef')
  if (served === undefined) return []
  const { definition, version } = served
  const namespace = definition.namespaced ? (textAt(reference, 'namespace') ?? attempt.namespace) : undefined
  return parts.store
    .list(definition.key, namespace)
    .map(({ object }) => object)
    .filter((object) => isNamed(reference, object))
    .map((object) => celValue(inVersion(served, object), version.schema))
}

function paramKind(registry: Registry, { apiVersion, kind }: JsonRecord): ReturnType<Registry['byKind']> {
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion]
  return registry.byKind(group ?? '', version ?? '', kind)
}

function isNamed(reference: JsonRecord, object: KubernetesObject): boolean {
  const name = textAt(reference, 'name')
  if (name !== undefined) return object.metadata.name === name
  return isRecord(reference.selector) && labelsMatch(selectorRequirements(reference.selector), labelsOf(object))
}
