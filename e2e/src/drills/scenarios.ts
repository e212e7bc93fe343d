import { setTimeout as sleep } from 'node:timers/promises'
import { listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { changes as changeResource, meshes as meshResource } from '@orbweaver/kube/resources'
import type { GatedFleet } from '../harness/gated-fleet.ts'
import type { Person } from '../harness/person.ts'

/** Something a person does, what must be there before, and what it is that they ask for. */
export type Scenario = { name: string; members: number; namespaces: number; before: object[]; intent: object }

const spec = {
  kind: 'Managed',
  version: 'v1.30.3',
  controlPlane: { cluster: 'member-1', entrance: { type: 'LoadBalancer' } },
  members: [],
}
const create = (members: object[]) => ({ type: 'meshes.create', name: 'fleet', spec: { ...spec, members } })
const member = { cluster: 'member-2', network: 'fleet' }

export const scenarios: Scenario[] = [
  { name: 'creating a managed mesh', members: 2, namespaces: 0, before: [], intent: create([member]) },
  {
    name: 'joining',
    members: 2,
    namespaces: 0,
    before: [create([])],
    intent: { type: 'meshes.join', name: 'fleet', members: [member] },
  },
  {
    name: 'leaving',
    members: 2,
    namespaces: 0,
    before: [create([member])],
    intent: { type: 'meshes.leave', name: 'fleet', clusters: ['member-2'] },
  },
  {
    name: 'a change of ten items',
    members: 1,
    namespaces: 10,
    before: [create([])],
    intent: {
      type: 'sidecars.namespaces',
      mesh: 'fleet',
      namespaces: Array.from({ length: 10 }, (_, index) => ({ cluster: 'member-1', namespace: `team-${index + 1}` })),
      action: 'disable',
      restart: false,
    },
  },
]

/** How long nothing may move (ms) before it is taken for stuck: a busy machine makes everything slow, not still. */
const patienceMs = 60_000

/** Waits until every Change is over and every Mesh is as its spec says. */
export async function settled(fleet: GatedFleet): Promise<void> {
  let last = { unrest: '', since: Date.now() }
  while (Date.now() < last.since + patienceMs) {
    const now = await unrest(fleet)
    if (now === '') return
    if (now !== last.unrest) last = { unrest: now, since: Date.now() }
    await sleep(50)
  }
  throw new Error(`it did not come to rest: ${last.unrest}`)
}

async function unrest(fleet: GatedFleet): Promise<string> {
  const hub = fleet.admin('hub')
  const { items: changes } = await hub.list(changeResource)
  // Parts of a long change have no phase of their own.
  const heads = changes.filter((each) => numberAt(each, 'spec', 'part', 'number') === undefined)
  const open = heads.find((each) => textAt(each, 'status', 'phase') !== 'Succeeded')
  if (open !== undefined) return `${open.metadata.name} is ${JSON.stringify(open.status)}`
  const { items: meshes } = await hub.list(meshResource)
  const restless = meshes.find(
    (each) =>
      textAt(each, 'status', 'phase') !== 'Ready' ||
      numberAt(each, 'status', 'observedGeneration') !== each.metadata.generation ||
      listAt(each, 'status', 'members').some((one) => textAt(one, 'state') !== 'ready'),
  )
  return restless === undefined ? '' : JSON.stringify(restless.status)
}

/**
 * Plans as soon as the console, which has just been started, knows enough of its clusters. What is handed over confirms
 * the plan; where another one has taken its place meanwhile, it looks at that and confirms it, as people do.
 */
export async function planned(person: Person, intent: object): Promise<() => Promise<string>> {
  let execute = await firstPlan(person, intent)
  return async () => {
    const deadline = Date.now() + patienceMs
    for (;;) {
      try {
        return await execute()
      } catch (error) {
        const isOutdated = error instanceof Error && /^no change: .*"plan\.outdated"/.test(error.message)
        if (!isOutdated || Date.now() > deadline) throw error
        execute = await firstPlan(person, intent)
      }
    }
  }
}

async function firstPlan(person: Person, intent: object): Promise<() => Promise<string>> {
  const deadline = Date.now() + patienceMs
  for (;;) {
    try {
      return await person.plan(intent)
    } catch (error) {
      if (Date.now() > deadline) throw error
      await sleep(100)
    }
  }
}
