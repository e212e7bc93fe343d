import { recordAt } from '@orbweaver/contracts/json'
import { isKubernetesObject, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { timestampOf } from '../clock.ts'
import type { Store } from '../server/seed-store.ts'
import { leaveHistory } from './broken-history.ts'
import { laggingTeams, letThemLag, unservedTeam } from './broken-injection.ts'
import { brokenRules, brokenTeams } from './broken-rules.ts'
import { type ClusterOptions, hubCluster, worldCluster } from './cluster.ts'
import { meshObject } from './mesh-objects.ts'
import { personas } from './personas.ts'
import { prometheus, prometheusService } from './prometheus.ts'
import type { World, WorldCluster } from './world.ts'

const VERSION = 'v1.30.3'
const KUBERNETES = 'v1.34.2'
const SYSTEM = 'istio-system'
const HOUR_MS = 3_600_000

/**
 * Every failed and blocked state the product knows that a fleet can be in by itself (docs/guide/sandbox.md lists them):
 * clusters are named after what is wrong with them, meshes after the cluster of their control plane.
 */
export function brokenWorld(): World {
  const members = clusters()
  const hub = hubCluster({ provider: 'on-premises', region: 'lab', kubernetes: KUBERNETES, instance: 'small' })
  const dedicated = (cluster: string, version = VERSION): KubernetesObject =>
    meshObject(cluster, { kind: 'Dedicated', version, cluster })
  const names = ['hub', ...members.map((each) => each.name)]
  return {
    name: 'broken',
    hub: { ...hub, afterwards: history },
    members,
    personas: personas(names, { cluster: 'drifted', namespace: 'waiting' }),
    meshes: [
      ...['drifted', 'degraded', 'stuck'].map((each) => dedicated(each)),
      meshObject('split', { kind: 'Managed', version: VERSION, cluster: 'split', members: ['unreachable', 'left'] }),
    ],
    unfinished: [
      ...['no-operator', 'silent', 'no-images', 'name-taken', 'terminating'].map((each) => dedicated(each)),
      dedicated('end-of-life', 'v1.26.3'),
      meshObject('no-address', { kind: 'Managed', version: VERSION, cluster: 'no-address', members: [] }),
      meshObject('gone', { kind: 'External', cluster: 'gone', revision: 'default' }),
    ],
  }
}

type Broken = Omit<Partial<ClusterOptions>, 'name' | 'number'>

function clusters(): WorldCluster[] {
  const all: Record<string, Broken> = {
    unreachable: { wrong: { faults: { blackHole: true } } },
    unauthorized: { wrong: { faults: { unauthorized: true } } },
    forbidden: { wrong: { faults: { forbidden: true } } },
    'no-operator': {},
    silent: { stages: [unservedTeam()], wrong: { troubles: { operator: 'absent' } } },
    'no-address': { wrong: { troubles: { loadBalancer: 'absent' } } },
    'no-images': { wrong: { troubles: { imagePull: 'registry.istio.io' } } },
    'end-of-life': { kubernetes: 'v1.29.15', operator: '1.29.6' },
    'name-taken': { stages: [[takenName()]] },
    terminating: { stages: [heldNamespace()], afterwards: endNamespace },
    gone: { wrong: { troubles: { operator: 'crash-looping' } } },
    drifted: {
      prometheus: prometheusService,
      stages: [prometheus(), [...brokenTeams(), ...laggingTeams(), ...brokenRules()]],
      afterwards: editedByHand,
      wrong: { troubles: { prometheus: 'starting' } },
    },
    degraded: {
      prometheus: prometheusService,
      stages: [prometheus()],
      wrong: { troubles: { istiod: 'down', prometheus: 'down' } },
    },
    stuck: { wrong: { troubles: { operator: 'absent' } } },
    split: {},
    left: {},
  }
  return Object.entries(all).map(([name, options], index) =>
    worldCluster({
      provider: 'on-premises',
      region: 'lab',
      zones: ['rack-1'],
      kubernetes: KUBERNETES,
      instance: 'small',
      network: 'lab',
      ...(name === 'no-operator' ? {} : { operator: '1.31.0' }),
      ...options,
      name,
      number: index + 1,
    }),
  )
}

/** A tag with the name that the mesh's revision will want, and older. */
function takenName(): KubernetesObject {
  const name = `name-taken-${VERSION.replaceAll('.', '-')}`
  const targetRef = { kind: 'Istio', name: 'somebody-else' }
  return { apiVersion: 'sailoperator.io/v1', kind: 'IstioRevisionTag', metadata: { name }, spec: { targetRef } }
}

/** Something in the namespace is held by a finalizer that nobody takes away. */
function heldNamespace(): KubernetesObject[] {
  const metadata = { namespace: SYSTEM, name: 'held', finalizers: ['example.com/backup'] }
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: SYSTEM } },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata },
  ]
}

function endNamespace(store: Store, now: Date): void {
  change(store, { apiVersion: 'v1', kind: 'Namespace', name: SYSTEM }, (namespace) => ({
    ...namespace,
    metadata: { ...namespace.metadata, deletionTimestamp: secondsOf(now) },
    status: { phase: 'Terminating' },
  }))
}

function secondsOf(time: Date): string {
  return timestampOf({ now: () => time })
}

type At = { apiVersion: string; kind: string; name: string }

function change(store: Store, at: At, changed: (found: KubernetesObject) => object): void {
  const found = store.get(at)
  const next = found === undefined ? undefined : changed(found)
  if (isKubernetesObject(next)) store.put(next, 'kubectl')
}

/** Somebody changed the control plane with kubectl, and a namespace was labelled after its Pods had started. */
function editedByHand(store: Store): void {
  change(store, { apiVersion: 'sailoperator.io/v1', kind: 'Istio', name: 'drifted' }, (istio) => {
    const before = recordAt(istio, 'spec', 'values')
    const values = { ...before, global: { ...recordAt(before, 'global'), meshID: 'another' } }
    return { ...istio, spec: { ...recordAt(istio, 'spec'), values } }
  })
  change(store, { apiVersion: 'v1', kind: 'Namespace', name: 'waiting' }, (namespace) => {
    const labels = { ...namespace.metadata.labels, 'istio-injection': 'enabled' }
    return { ...namespace, metadata: { ...namespace.metadata, labels } }
  })
  letThemLag(store)
}

/** An hour ago mesh `stuck` was to be uninstalled, and `split` was to lose a member. */
function history(store: Store, now: Date): void {
  const then = new Date(now.getTime() - HOUR_MS)
  const running = (cluster: string, ...names: string[]): object[] =>
    names.map((name) => ({ name, cluster, state: 'running', since: then.toISOString() }))
  const mesh = (name: string): At => ({ apiVersion: 'orbweaver.dev/v1alpha1', kind: 'Mesh', name })
  change(store, mesh('stuck'), (found) => ({
    ...found,
    metadata: { ...found.metadata, deletionTimestamp: secondsOf(then), deletionGracePeriodSeconds: 0 },
    spec: { ...recordAt(found, 'spec'), deletionPolicy: 'Uninstall' },
    status: { ...recordAt(found, 'status'), stages: running('stuck', 'remove-default', 'remove-control-plane') },
  }))
  change(store, mesh('split'), (found) => ({
    ...found,
    spec: { ...recordAt(found, 'spec'), members: [{ cluster: 'unreachable' }] },
    status: { ...recordAt(found, 'status'), observedGeneration: 0, stages: running('unreachable', 'member-namespace') },
  }))
  leaveHistory(store, now)
}
