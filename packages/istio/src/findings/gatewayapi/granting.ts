import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Fix } from '@orbweaver/contracts/plan'
import { type KindKey, kindOf, kinds } from '../../world/kinds.ts'
import { fixByCreating, type Subject } from '../finding.ts'
import type { MeshWorld } from '../world.ts'

export type Wanted = { kind: KindKey; name: string; namespace: string }

/** A ReferenceGrant in the namespace of what is named, for objects of the subject's kind and namespace and this name alone. */
function grantOf({ object, namespace }: Subject, wanted: Wanted): KubernetesObject {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1beta1',
    kind: 'ReferenceGrant',
    metadata: {
      name: `${object.kind.toLowerCase()}-${namespace}-${wanted.name}`.slice(0, 253),
      namespace: wanted.namespace,
    },
    spec: {
      from: [{ ...apart(kindOf(object)), namespace }],
      to: [{ ...apart(wanted.kind), name: wanted.name }],
    },
  }
}

/** None where a grant of that name is already there: it says something else. */
export function granting(subject: Subject, world: MeshWorld, wanted: Wanted): Fix[] {
  const grant = grantOf(subject, wanted)
  if (world.config.get(kinds.referenceGrant, grant.metadata.name, wanted.namespace) !== undefined) return []
  return [
    fixByCreating(
      subject.cluster,
      { code: 'grant', params: { name: wanted.name, namespace: wanted.namespace } },
      grant,
    ),
  ]
}

function apart(kind: KindKey): { group: string; kind: string } {
  const slash = kind.indexOf('/')
  return { group: kind.slice(0, Math.max(slash, 0)), kind: kind.slice(slash + 1) }
}
