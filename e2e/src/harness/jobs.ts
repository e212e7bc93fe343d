import { setTimeout as sleep } from 'node:timers/promises'
import { listAt, textAt } from '@orbweaver/contracts/json'
import type { Person } from './person.ts'
import type { AnyStage } from './stage.ts'

/** How long a job that is carried out behind the pages may take (ms). */
const patienceMs = 120_000

/** Carries an intent out as Ada and waits until its change is over; what a story needs before it begins. */
export async function done(stage: AnyStage, intent: object): Promise<string> {
  const ada = await stage.person('ada')
  const deadline = Date.now() + patienceMs
  const name = await (await ada.plan(intent))()
  while (Date.now() < deadline) {
    const change = await ada.get(`/changes/${name}`)
    if (textAt(change.body, 'phase') === 'succeeded') return name
    await sleep(100)
  }
  throw new Error(`${name} did not come to its end`)
}

/** Begins a mesh by the API: it is asked for, and not made yet. */
export async function beginMesh(stage: AnyStage, name: string, spec: object): Promise<void> {
  const ada = await stage.person('ada')
  const deadline = Date.now() + patienceMs
  // A console that has just started answers before it has read every cluster.
  while (Date.now() < deadline && !(await allRead(ada))) await sleep(100)
  await done(stage, { type: 'meshes.create', name, spec })
}

/** Makes a mesh by the API, and waits until it is ready. */
export async function mesh(stage: AnyStage, name: string, spec: object): Promise<void> {
  await beginMesh(stage, name, spec)
  await settled(stage, name)
}

/** Waits until a mesh is ready, and this member of it. */
export async function settled(stage: AnyStage, name: string, member?: string): Promise<void> {
  const ada = await stage.person('ada')
  const deadline = Date.now() + patienceMs
  while (Date.now() < deadline) {
    const { body } = await ada.get(`/meshes/${name}`)
    const ready = listAt(body, 'members').filter((each) => textAt(each, 'state') === 'ready')
    const joined = member === undefined || ready.some((each) => textAt(each, 'cluster') === member)
    if (textAt(body, 'mesh', 'phase') === 'ready' && joined) return
    await sleep(100)
  }
  throw new Error(`${name} did not become ready`)
}

async function allRead(person: Person): Promise<boolean> {
  const { body } = await person.get('/clusters')
  const truths = listAt(body, 'clusters')
  return listAt(body, 'items').length > 0 && truths.every((each) => textAt(each, 'state') === 'fresh')
}

/** The Istio that runs in Frankfurt already, taken under the console's wings. */
export function adoptEdge(stage: AnyStage): Promise<void> {
  return mesh(stage, 'edge', {
    kind: 'External',
    controlPlane: { cluster: 'frankfurt-edge', namespace: 'istio-system', revision: 'default' },
  })
}
