import type { MeshMember } from '@orbweaver/contracts/fleet-objects'
import type { IntentOf } from '@orbweaver/contracts/intent'
import type { Message } from '@orbweaver/contracts/message'
import { against, type ClusterChoice, forbids, inOrder } from '../form/choice.ts'

export type JoinValues = {
  clusters: string[]
  networks: Record<string, string | undefined>
  /** Namespaces to inject, by cluster. */
  inject: Record<string, string[] | undefined>
}

export type Joinable = { choice: ClusterChoice; held: Message | 'version' | undefined }

/** Clusters that are not in the mesh yet; those that cannot join come last, with why. */
export function joinable(
  choices: readonly ClusterChoice[] | undefined,
  mesh: { version: string | undefined; members: readonly { cluster: string }[] },
): Joinable[] {
  const here = new Set(mesh.members.map((each) => each.cluster))
  const others = (choices ?? []).filter((each) => !here.has(each.name))
  const rows = inOrder(others).map((choice): Joinable => ({ choice, held: heldOf(choice, mesh.version) }))
  return rows.toSorted((a, b) => Number(a.held !== undefined) - Number(b.held !== undefined))
}

function heldOf(choice: ClusterChoice, version: string | undefined): Joinable['held'] {
  const held = against(choice)
  if (held !== undefined) return held
  if (version === undefined) return undefined
  return forbids(choice, version) ?? (choice.versions.includes(version) ? undefined : 'version')
}

/** A network that was left empty is not sent: then the cluster's own holds. */
export function membersOf({ clusters, networks }: Pick<JoinValues, 'clusters' | 'networks'>): MeshMember[] {
  return clusters.map((cluster) => {
    const network = networks[cluster]?.trim() ?? ''
    return network === '' ? { cluster } : { cluster, network }
  })
}

export function joinIntent(name: string, values: JoinValues): IntentOf<'meshes.join'> {
  const inject = values.clusters.flatMap((cluster) =>
    (values.inject[cluster] ?? []).map((namespace) => ({ cluster, namespace })),
  )
  const intent = { type: 'meshes.join', name, members: membersOf(values) } as const
  return inject.length === 0 ? intent : { ...intent, inject }
}
