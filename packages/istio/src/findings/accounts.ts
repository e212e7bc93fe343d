import { at, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { kindOf, kinds } from '../world/kinds.ts'
import { namespaceOf } from '../world/namespace-of.ts'
import { defineIndex, type Index } from './index-of.ts'
import type { MeshWorld } from './world.ts'

/** A service account: one that there is, or that something runs as. */
type Account = { cluster: string; namespace: string; name: string }

/** By `namespace/name`, by bare name under `name …`, by namespace under `in …`; under `read` what every namespace of a cluster has. */
const accounts: Index<Account> = defineIndex({
  name: 'service accounts',
  kinds: [
    kinds.serviceAccount,
    kinds.pod,
    kinds.deployment,
    kinds.statefulSet,
    kinds.daemonSet,
    kinds.workloadEntry,
    kinds.workloadGroup,
  ],
  where: 'every',
  entries: (object, cluster) => {
    const name = accountIn(object)
    if (name === '') return []
    const account = { cluster, namespace: namespaceOf(object), name }
    const keys = [`${account.namespace}/${name}`, `name ${name}`, `in ${account.namespace}`]
    const isOfEvery = kindOf(object) === kinds.serviceAccount && name === 'default'
    return [...keys, ...(isOfEvery ? ['read'] : [])].map((key): [string, Account] => [key, account])
  },
})

function accountIn(object: KubernetesObject): string {
  const kind = kindOf(object)
  if (kind === kinds.serviceAccount) return object.metadata.name
  if (kind === kinds.pod) return textAt(object, 'spec', 'serviceAccountName') ?? ''
  if (kind === kinds.workloadEntry) return textAt(object, 'spec', 'serviceAccount') ?? ''
  if (kind === kinds.workloadGroup) return textAt(object, 'spec', 'template', 'serviceAccount') ?? ''
  return textAt(at(object, 'spec', 'template', 'spec'), 'serviceAccountName') ?? ''
}

/** Clusters where an account is; every namespace has `default`. */
export function clustersWith(world: MeshWorld, namespace: string, name: string): string[] {
  const known = world.look(accounts, `${namespace}/${name}`).map(({ cluster }) => cluster)
  const homes = world.clusters.filter((view) => view.get(kinds.namespace, namespace) !== undefined)
  return [...new Set([...known, ...(name === 'default' ? homes.map(({ cluster }) => cluster) : [])])]
}

/**
 * Whether it is known which accounts a namespace has: it is there, or something of it is, or accounts were read from a
 * cluster. Files seldom have the accounts of namespaces that others made, such as that of Istio's own gateway.
 */
export function areAccountsKnown(world: MeshWorld, namespace: string): boolean {
  return (
    world.clusters.some((view) => view.get(kinds.namespace, namespace) !== undefined) ||
    accountsIn(world, namespace).length > 0 ||
    world.look(accounts, 'read').length > 0
  )
}

/** Namespaces that have an account of this name. */
export function namespacesWith(world: MeshWorld, name: string): string[] {
  return [...new Set(world.look(accounts, `name ${name}`).map(({ namespace }) => namespace))]
}

export function accountsIn(world: MeshWorld, namespace: string): string[] {
  return [...new Set(world.look(accounts, `in ${namespace}`).map(({ name }) => name))]
}
