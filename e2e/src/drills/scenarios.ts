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

/** How long a scenario may take to come to rest (ms), restarts included. */
const patienceMs = 60_000

/** Waits until every Change is over and every Mesh is as its spec says. */
export async function settled(fleet: GatedFleet): Promise<void> {
  const deadline = Date.now() + patienceMs
  let last = ''
  while (Date.now() < deadline) {
    last = await unrest(fleet)
    if (last === '') return
    await sleep(50)
  }
  throw new Error(`it did not come to rest: ${last}`)
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

/** Plans as soon as the console, which has just been started, knows enough of its clusters. */
export async function planned(person: Person, intent: object): Promise<() => Promise<string>> {
  const deadline = Date.now() + 15_000
  for (;;) {
    try {
      return await person.plan(intent)
    } catch (error) {
      if (Date.now() > deadline) throw error
      await sleep(100)
    }
  }
}
