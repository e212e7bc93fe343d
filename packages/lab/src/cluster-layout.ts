import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { flagAt, listAt, numberAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { people } from './people.ts'
import type { ClusterPlan } from './wish.ts'
import { isWorldName, type WorldName } from './worlds/lab-world.ts'

/** A person or component that a cluster knows by token; groups are what RBAC tests bind to. */
export type Account = { readonly user: string; readonly groups: readonly string[]; readonly token: string }

const portNames = ['etcdClient', 'etcdPeer', 'apiserver', 'controllerManager', 'scheduler', 'kubelet'] as const
type PortName = (typeof portNames)[number]
export const portsPerCluster = portNames.length

/** Everything that is decided about a cluster before it starts. Written to the state file, read by the agent. */
export type ClusterLayout = ClusterPlan & {
  readonly dir: string
  readonly ports: Readonly<Record<PortName, number>>
  readonly serviceCidr: string
  readonly podCidr: string
  readonly accounts: readonly Account[]
}

/** The port at which fake nodes claim to have their kubelet; the egress proxy leads it to kwok. */
export const kubeletPort = 10250

export const isHub = ({ name }: ClusterLayout): boolean => name === 'hub'

export const layOut = (
  root: string,
  plan: ClusterPlan,
  given: { index: number; ports: readonly number[] },
): ClusterLayout => {
  const port = (which: PortName): number => given.ports[portNames.indexOf(which)] ?? 0
  return {
    ...plan,
    dir: join(root, plan.name),
    ports: {
      etcdClient: port('etcdClient'),
      etcdPeer: port('etcdPeer'),
      apiserver: port('apiserver'),
      controllerManager: port('controllerManager'),
      scheduler: port('scheduler'),
      kubelet: port('kubelet'),
    },
    // Ranges of different clusters do not overlap: one flat network is possible.
    serviceCidr: `10.${96 + given.index}.0.0/16`,
    podCidr: `10.${32 + given.index}.0.0/16`,
    accounts: people.map((person) => ({ ...person, token: randomBytes(24).toString('hex') })),
  }
}

export const tokenOf = (layout: ClusterLayout, user: string): string =>
  layout.accounts.find((account) => account.user === user)?.token ?? ''

export const serverOf = (layout: ClusterLayout): string => `https://127.0.0.1:${layout.ports.apiserver}`
export const caFileOf = (layout: ClusterLayout): string => join(layout.dir, 'apiserver', 'apiserver.crt')
export const egressSocketOf = (layout: ClusterLayout): string => join(layout.dir, 'egress.sock')

/** token,user,uid,"group,group": the format of --token-auth-file. */
export const tokensCsv = (accounts: readonly Account[]): string =>
  accounts.map(({ user, groups, token }) => `${token},${user},${user},"${groups.join(',')}"\n`).join('')

const worldIn = (value: unknown): WorldName => {
  const name = textAt(value, 'world') ?? ''
  return isWorldName(name) ? name : 'empty'
}

export const layoutFrom = (value: unknown): ClusterLayout => {
  const ports = recordAt(value, 'ports')
  const port = (which: PortName): number => numberAt(ports, which) ?? 0
  return {
    name: textAt(value, 'name') ?? '',
    dir: textAt(value, 'dir') ?? '',
    meshes: flagAt(value, 'meshes') ?? false,
    world: worldIn(value),
    kubelets: listAt(value, 'kubelets').filter((version) => typeof version === 'string'),
    ports: {
      etcdClient: port('etcdClient'),
      etcdPeer: port('etcdPeer'),
      apiserver: port('apiserver'),
      controllerManager: port('controllerManager'),
      scheduler: port('scheduler'),
      kubelet: port('kubelet'),
    },
    serviceCidr: textAt(value, 'serviceCidr') ?? '',
    podCidr: textAt(value, 'podCidr') ?? '',
    accounts: listAt(value, 'accounts').map((account) => ({
      user: textAt(account, 'user') ?? '',
      token: textAt(account, 'token') ?? '',
      groups: listAt(account, 'groups').filter((group) => typeof group === 'string'),
    })),
  }
}
