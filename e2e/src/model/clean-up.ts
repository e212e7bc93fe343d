import { textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { mendCluster } from './faults.ts'
import { clustersOf, isRegistered, meshesIn, optedIn, touchedByInjection } from './facts.ts'
import {
  createIntent,
  deleteRule,
  injectIntent,
  networkAt,
  registerIntent,
  rulesIn,
  workloadIntent,
} from './intents.ts'
import { createPatience } from './patience.ts'
import { allFresh, type Operator } from './person.ts'
import { converge } from './rest.ts'
import { leaked, refusesSidecars, type Snapshot, snapshot, staysBehind } from './rules/leaks.ts'
import type { Universe } from './universe.ts'
import { Violation } from './violation.ts'
import { clusters } from './world.ts'

/** A mesh whose record was dropped while Istio stayed, as its person wanted. */
export type Forgotten = { name: string; spec: object }

type Ending = { universe: Universe; operator: Operator; forgotten: readonly Forgotten[]; before: Snapshot }

/**
 * The end of every sequence: faults end, everything converges, and a person takes apart what there is, by plans. Then
 * the clusters are what they were before.
 */
export async function cleanUp(ending: Ending): Promise<void> {
  const { universe, operator, before } = ending
  for (const cluster of [...clusters, 'hub']) mendCluster(universe, cluster)
  await converge(universe, operator)
  await allFresh(operator)
  for (const cluster of clusters) await registerAgain(ending, cluster)
  await deleteAll(ending)
  await takeUpAgain(ending)
  await converge(universe, operator)
  await restored(ending)
  sweep(universe, before)
}

/** What was found is let go as it was found, before anything is taken from under it. */
async function deleteAll(ending: Ending): Promise<void> {
  const kindOf = (mesh: KubernetesObject): string => textAt(mesh, 'spec', 'kind') ?? ''
  const rank = (mesh: KubernetesObject): number => (kindOf(mesh) === 'External' ? 0 : 1)
  const meshes = meshesIn(ending.universe).toSorted((a, b) => rank(a) - rank(b))
  for (const mesh of meshes) await undress(ending, mesh)
  for (const mesh of meshes) {
    const uninstall = kindOf(mesh) !== 'External'
    await insist(ending, () => ({ type: 'meshes.delete', name: mesh.metadata.name, uninstall }))
  }
}

/** Asks for it until it is done: what stands in the way at first is gone, or seen, in a moment, or is a dead end. */
async function insist({ universe, operator }: Ending, intent: () => object | undefined): Promise<void> {
  const patience = createPatience(100)
  for (;;) {
    const wanted = intent()
    if (wanted === undefined) return
    const outcome = await operator.carryOut(wanted)
    if ('change' in outcome) return converge(universe, operator)
    if (patience.waited() > 60_000)
      throw new Violation('no way out', `${JSON.stringify(wanted)} stays refused: ${outcome.refused.join(', ')}`)
    await patience.pause()
  }
}

function registerAgain(ending: Ending, cluster: string): Promise<void> {
  const intent = registerIntent(cluster, { network: networkAt(cluster) })
  return insist(ending, () => (isRegistered(ending.universe, cluster) ? undefined : intent))
}

/** A mesh that was let go is taken up by asking for the same again, and taken apart. */
async function takeUpAgain(ending: Ending): Promise<void> {
  for (const { name, spec } of ending.forgotten) {
    const isThere = () => meshesIn(ending.universe).some(({ metadata }) => metadata.name === name)
    await insist(ending, () => (isThere() ? undefined : createIntent(name, spec)))
    await deleteAll(ending)
  }
}

/** Rules and sidecars go first: a mesh is not taken from under what runs in it. */
async function undress(ending: Ending, mesh: KubernetesObject): Promise<void> {
  const { universe } = ending
  const { name } = mesh.metadata
  for (const cluster of clustersOf(mesh)) {
    await insist(ending, () => {
      const [live] = rulesIn(universe, cluster)
      return live && deleteRule(name, cluster, live)
    })
    await insist(ending, () =>
      optedIn(universe).includes(cluster) ? workloadIntent(name, { cluster, action: 'clear' }) : undefined,
    )
    await insist(ending, () =>
      touchedByInjection(universe).includes(cluster)
        ? injectIntent(name, { cluster, action: 'clear', restart: true })
        : undefined,
    )
  }
}

/** Garbage collection takes a moment; what is there after that has leaked. */
async function restored({ universe, before }: Ending): Promise<void> {
  const patience = createPatience(100)
  for (;;) {
    const found = leaked(before, snapshot(universe))
    if (found.length === 0) return
    if (patience.waited() > 10_000) throw new Violation('leak', found.join('\n  '))
    await patience.pause()
  }
}

/** What is known to stay is taken away as an administrator would, so that the next sequence begins with nothing. */
function sweep(universe: Universe, before: Snapshot): void {
  const now = snapshot(universe)
  for (const [key, object] of now) {
    const was = before.get(key)
    if (was !== undefined && refusesSidecars(object)) serverOf(universe, key).store.put(was)
  }
  const left = [...now].filter(([key, object]) => !before.has(key) && staysBehind(object))
  // What lies in a namespace goes before the namespace.
  for (const [key, { apiVersion, kind, metadata }] of left.toReversed()) {
    const { name, namespace } = metadata
    serverOf(universe, key).store.remove({ apiVersion, kind, name, ...(namespace !== undefined && { namespace }) })
  }
  const { store } = universe.cluster('hub').server
  for (const { apiVersion, kind, metadata } of universe.stored('hub', changes))
    store.remove({ apiVersion, kind, name: metadata.name })
}

const changes = { apiVersion: 'orbweaver.dev/v1alpha1', kind: 'Change' }

/** Keys of a snapshot begin with the cluster. */
const serverOf = (universe: Universe, key: string) => universe.cluster(key.split(' ', 1)[0] ?? '').server
