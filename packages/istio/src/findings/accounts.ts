import { at, textAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { isManaged } from '../simulate/route/gateway-api/listeners.ts'
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
    kinds.kubernetesGateway,
  ],
  where: 'every',
  entries: (object, cluster) => {
    const name = accountIn(object)
    if (name === '') return []
    const account = { cluster, namespace: namespaceOf(object), name }
    const keys = [`${account.namespace}/${name}`, `name ${name}`]
    // What istiod makes of a Gateway says nothing of what else is there.
    const isInside = kindOf(object) === kinds.kubernetesGateway ? [] : [`in ${account.namespace}`]
    const isOfEvery = kindOf(object) === kinds.serviceAccount && name === 'default' ? ['read'] : []
    return [...keys, ...isInside, ...isOfEvery].map((key): [string, Account] => [key, account])
  },
})

function accountIn(object: KubernetesObject): string {
  const kind = kindOf(object)
  if (kind === kinds.serviceAccount) return object.metadata.name
  if (kind === kinds.pod) return textAt(object, 'spec', 'serviceAccountName') ?? ''
  if (kind === kinds.workloadEntry) return textAt(object, 'spec', 'serviceAccount') ?? ''
  if (kind === kinds.workloadGroup) return textAt(object, 'spec', 'template', 'serviceAccount') ?? ''
  if (kind === kinds.kubernetesGateway) return accountOfGateway(object)
  return textAt(at(object, 'spec', 'template', 'spec'), 'serviceAccountName') ?? 'default'
}

/** What the proxies that istiod makes for a Gateway run as (istio pilot/pkg/config/kube/gatewaycommon/deploymentcontroller.go). */
function accountOfGateway(gateway: KubernetesObject): string {
  if (!isManaged(gateway)) return ''
  const named = annotationsOf(gateway)['gateway.istio.io/service-account'] ?? ''
  return named === '' ? nameOfProxies(gateway) : named
}

/** Classes without `DisableNameSuffix` add their name (classinfo.go, gateway_utils.go, GetDefaultName). */
function nameOfProxies({ metadata, spec }: KubernetesObject): string {
  const className = textAt(spec, 'gatewayClassName') ?? ''
  return ['istio-waypoint', 'istio-east-west'].includes(className) ? metadata.name : `${metadata.name}-${className}`
}

/** Clusters where an account is; every namespace has `default`. */
export function clustersWith(world: MeshWorld, namespace: string, name: string): string[] {
  const known = world.look(accounts, `${namespace}/${name}`).map(({ cluster }) => cluster)
  const homes = world.clusters.filter((view) => view.get(kinds.namespace, namespace) !== undefined)
  return [...new Set([...known, ...(name === 'default' ? homes.map(({ cluster }) => cluster) : [])])]
}

/**
 * Whether it is known which accounts a namespace has: something runs in it, or accounts were read from a cluster. Files
 * seldom have the accounts of what others install there, such as charts, or Istio's own gateway.
 */
export function areAccountsKnown(world: MeshWorld, namespace: string): boolean {
  return accountsIn(world, namespace).length > 0 || areAccountsRead(world)
}

/** Whether accounts were read from a cluster: every namespace has one there. */
export function areAccountsRead(world: MeshWorld): boolean {
  return world.look(accounts, 'read').length > 0
}

/** Namespaces that have an account of this name. */
export function namespacesWith(world: MeshWorld, name: string): string[] {
  return [...new Set(world.look(accounts, `name ${name}`).map(({ namespace }) => namespace))]
}

export function accountsIn(world: MeshWorld, namespace: string): string[] {
  return [...new Set(world.look(accounts, `in ${namespace}`).map(({ name }) => name))]
}
