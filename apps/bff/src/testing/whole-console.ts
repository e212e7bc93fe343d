import { listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { parseKubeconfig } from '@orbweaver/kube/kubeconfig'
import { changes, meshes } from '@orbweaver/kube/resources'
import { type Fleet, startFleet } from '@orbweaver/sandbox/fleet'
import type { World } from '@orbweaver/sandbox/worlds/world'
import { openEngine } from '../engine.ts'
import { type SignedInClient, signIn } from './call.ts'
import { atOnce, startTestServer } from './server.ts'

/** A whole fleet with all that lives in it, and the whole console before it, in this process. */
export type WholeConsole = {
  fleet: Fleet
  member(name: string): NonNullable<ReturnType<Fleet['clusters']['get']>>
  person(persona: string): Promise<SignedInClient>
  /** Plans until the plan is free, and confirms it. */
  confirm(by: SignedInClient, intent: object): Promise<void>
  /** The same, and waits until it is carried out and every mesh as its spec says. */
  carryOut(by: SignedInClient, intent: object): Promise<void>
  stop(): Promise<void>
}

/** How long nothing may be reached (ms) before a test gives up; most of it is other tests on the same machine. */
const patienceMs = 90_000

export async function startWholeConsole(world: World): Promise<WholeConsole> {
  const fleet = await startFleet(world, { podStartMs: 10, probeIntervalMs: 50 })
  const read = parseKubeconfig(fleet.kubeconfig)
  const hub = read.ok ? read.contexts.find((each) => each.name === 'hub') : undefined
  if (hub?.ok !== true) throw new Error('the fleet has no hub')
  const server = await startTestServer({
    hub: hub.connection,
    personas: fleet.personas.map(({ id, name, user, groups }) => ({ id, name, identity: { user, groups } })),
    engine: (parts) => openEngine({ ...parts, holder: 'test', leaseSeconds: 15, readOnly: false }),
  })
  const member = (name: string) => {
    const found = fleet.clusters.get(name)
    if (found === undefined) throw new Error(`no cluster ${name}`)
    return found
  }
  return {
    fleet,
    member,
    person: (persona) => signIn(server.address, { mode: 'local', persona }),
    confirm: (by, intent) => until(() => executed(by, intent)),
    async carryOut(by, intent) {
      await until(() => executed(by, intent))
      await until(() => restlessness(member('hub').admin))
    },
    async stop() {
      await server.stop(atOnce)
      await fleet.stop()
    },
  }
}

/** Waits until there is nothing to say any more; fails with what was said last. */
export async function until(unrest: () => Promise<string>): Promise<void> {
  const end = Date.now() + patienceMs
  for (;;) {
    const said = await unrest()
    if (said === '') return
    if (Date.now() > end) throw new Error(`it stays so: ${said}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function executed(by: SignedInClient, intent: object): Promise<string> {
  const plan = await by.write('/api/v1/plans', { body: { intent } })
  const blocked = listAt(plan.body, 'blocked')
  if (plan.status !== 200 || blocked.length > 0) return blocked.length > 0 ? JSON.stringify(blocked) : plan.text
  const fingerprint = textAt(plan.body, 'fingerprint')
  const change = await by.write('/api/v1/changes', { body: { intent, fingerprint } })
  return change.status === 200 ? '' : (change.code ?? change.text)
}

type HubClient = ReturnType<WholeConsole['member']>['admin']

async function restlessness(hub: HubClient): Promise<string> {
  const { items } = await hub.list(changes)
  const open = items.find(
    (each) => numberAt(each, 'spec', 'part', 'number') === undefined && textAt(each, 'status', 'phase') !== 'Succeeded',
  )
  if (open !== undefined) return `${open.metadata.name}: ${JSON.stringify(open.status)}`
  const restless = (await hub.list(meshes)).items.find(
    (each) =>
      textAt(each, 'status', 'phase') !== 'Ready' ||
      numberAt(each, 'status', 'observedGeneration') !== each.metadata.generation ||
      listAt(each, 'status', 'members').some((one) => textAt(one, 'state') !== 'ready'),
  )
  return restless === undefined ? '' : JSON.stringify(restless.status)
}
