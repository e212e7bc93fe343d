import { listAt, textAt } from '@orbweaver/contracts/json'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeOf, type Person } from '../harness/person.ts'
import { type Stage, setStage } from '../harness/stage.ts'
import { isUpkeep } from '../harness/upkeep.ts'
import { planned, settled } from './scenarios.ts'
import { smallWorld } from './small-world.ts'

const name = 'fleet'
const spec = {
  kind: 'Managed',
  version: 'v1.30.3',
  controlPlane: { cluster: 'member-1', entrance: { type: 'LoadBalancer' } },
  members: [{ cluster: 'member-2', network: 'fleet' }],
}

/** Everything that can be done to a managed mesh with a member; each makes sense as things are. */
const intents = [
  { type: 'meshes.update', name, spec: { ...spec, displayName: 'Renamed' } },
  { type: 'meshes.join', name, members: [{ cluster: 'member-3', network: 'fleet' }] },
  { type: 'meshes.leave', name, clusters: ['member-2'] },
  { type: 'meshes.move-network', name, clusters: ['member-2'], network: 'apart' },
  { type: 'meshes.east-west-gateway', name, gateway: { cluster: 'member-2', replicas: 2 } },
  { type: 'meshes.expose-services', name, expose: false },
  { type: 'meshes.keep-local', name, hosts: ['web.shop.svc.cluster.local'], local: true },
  { type: 'clusters.locality', cluster: 'member-2', nodes: ['member-2-node-1'], subzone: 'rack-1' },
  { type: 'meshes.repair', name },
  { type: 'meshes.suspend', name },
  { type: 'meshes.delete', name, uninstall: true },
]

let stage: Stage
let ada: Person
let vic: Person

beforeAll(async () => {
  stage = await setStage(smallWorld(3))
  ada = await stage.person('ada')
  vic = await stage.person('vic')
  await (await planned(ada, { type: 'meshes.create', name, spec }))()
  await settled(stage.fleet)
}, 300_000)
afterAll(() => stage.stop())

describe('a viewer of a managed mesh', () => {
  it.each(intents)('may plan $type, which its owner could carry out, and is refused by 403', async (intent) => {
    stage.fleet.gate.reset()
    // Throws where anything stands in the way: what is refused below is refused for want of a right.
    await planned(ada, intent)
    const plan = await vic.post('/plans', { intent })
    expect(listAt(plan.body, 'blocked').map((each) => textAt(each, 'code'))).toContain('plan.forbidden')
    const fingerprint = textAt(plan.body, 'fingerprint')
    const done = await vic.post('/changes', { intent, fingerprint })
    expect([done.status, codeOf(done)]).toEqual([403, 'access.forbidden'])
    expect(stage.fleet.gate.writes.filter((write) => !isUpkeep(write))).toEqual([])
  })
})
