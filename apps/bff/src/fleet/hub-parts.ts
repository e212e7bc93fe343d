import type { Resource } from '@orbweaver/kube/client'
import { customResourceDefinitions, namespaces } from '@orbweaver/kube/resources'
import { systemNamespace } from '../identity/keyring.ts'
import type { ClusterDoor } from '../kube/doors.ts'

type Part = { kind: string; name: string }

const parts: readonly { resource: Resource; name: string }[] = [
  { resource: namespaces, name: systemNamespace },
  ...['fleetclusters', 'meshes', 'changes'].map((plural) => ({
    resource: customResourceDefinitions,
    name: `${plural}.orbweaver.dev`,
  })),
]

/** What a hub needs and does not have, by which it is told from a prepared one; nothing while it was not read yet. */
export function missingParts({ mirror }: ClusterDoor): Part[] {
  return parts
    .filter(({ resource, name }) => mirror.known(resource) && mirror.get(resource, { name }) === undefined)
    .map(({ resource, name }) => ({ kind: resource.kind, name }))
}
