import type { Message } from '@orbweaver/contracts/message'
import { forbidden } from '@orbweaver/contracts/missing-right'
import type { Identity } from '@orbweaver/kube/client'
import { secrets } from '@orbweaver/kube/resources'
import type { ClusterDoor } from '../../kube/doors.ts'

/**
 * What a person must be allowed to do themselves in every cluster that a mesh names (design.md section 5): Sail's
 * objects, the namespace and the creation of Secrets. The rest that a blueprint makes follows from these and is the
 * console's own to write: deploy/rbac/personas.yaml gives its admins no more.
 */
export function isAskedOfPerson({ verb, group, resource }: { verb: string; group: string; resource: string }): boolean {
  if (group === 'sailoperator.io') return true
  if (group !== '') return false
  return resource === 'namespaces' || (resource === 'secrets' && verb === 'create')
}

/** Why a person may not have the console write a Secret of a mesh: the right to create them stands for all of these. */
export async function whyNoSecrets(
  door: ClusterDoor | undefined,
  identity: Identity,
  { cluster, namespace }: { cluster: string; namespace: string },
): Promise<Message | undefined> {
  const question = { verb: 'create', group: '', resource: secrets.plural, namespace }
  const permitted = (await door?.mayBe(identity, question)) ?? 'unknown'
  if (permitted === 'yes') return undefined
  if (permitted === 'no') return forbidden({ cluster, ...question })
  return { code: 'plan.cluster_unreachable', params: { cluster, reason: 'kube.timeout' } }
}
