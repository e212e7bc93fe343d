import { once } from 'node:events'
import { Intent } from '@orbweaver/contracts/intent'
import { listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { changes as changeResource } from '@orbweaver/kube/resources'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { request } from '../harness/console.ts'
import { operations } from '../harness/operations.ts'
import { type Answer, codeOf, type Person } from '../harness/person.ts'
import { type Stage, setStage } from '../harness/stage.ts'
import { isUpkeep } from '../harness/upkeep.ts'
import { madeHistory } from './history-of-both.ts'
import { intentsAbout, requestsAbout, type Subject } from './requests.ts'
import { planned } from './scenarios.ts'
import { twoTeamsWorld } from './two-teams-world.ts'

let stage: Stage
let vic: Person
let subject: Subject

beforeAll(async () => {
  stage = await setStage(twoTeamsWorld())
  subject = (await madeHistory(stage)).own
  vic = await stage.person('vic')
}, 60_000)
afterAll(() => stage.stop())

function lastingWrites() {
  return stage.fleet.gate.writes.filter((write) => !isUpkeep(write))
}

/** What a viewer is told by the routes that are no mere reading; all others are read and answer 200. */
const told: Record<string, { status: number; code: string | undefined }> = {
  'access.signIn': { status: 403, code: 'access.refused' },
  'clusters.test': { status: 403, code: 'access.forbidden' },
  'clusters.contexts': { status: 403, code: 'access.forbidden' },
  'clusters.offered': { status: 403, code: 'access.forbidden' },
  // Planning is open to everybody; what the plan says is asked below.
  'history.plan': { status: 200, code: undefined },
  'meshes.preflight': { status: 200, code: undefined },
  'objects.get': { status: 200, code: undefined },
  'sidecars.compare': { status: 200, code: undefined },
  'sidecars.comparePods': { status: 200, code: undefined },
  'traffic.compare': { status: 200, code: undefined },
  'security.compare': { status: 200, code: undefined },
  'security.compareReach': { status: 200, code: undefined },
  'sidecars.explain': { status: 200, code: undefined },
  'traffic.explain': { status: 200, code: undefined },
  'security.explain': { status: 200, code: undefined },
  'security.reach': { status: 200, code: undefined },
  // A viewer may not read Secrets, whether they are there or not.
  'security.secret': { status: 403, code: 'access.forbidden' },
  'history.execute': { status: 403, code: 'access.forbidden' },
  // This one is over; those under way are below.
  'history.retry': { status: 403, code: 'access.forbidden' },
  'history.skip': { status: 403, code: 'access.forbidden' },
  'history.stop': { status: 403, code: 'access.forbidden' },
  'history.resume': { status: 403, code: 'access.forbidden' },
}

describe('a viewer', () => {
  it('reads everything, and is refused by every route that writes', async () => {
    stage.fleet.gate.reset()
    for (const asked of requestsAbout(subject)) {
      if (asked.operation === 'events.watch' || asked.operation === 'access.signOut') continue
      const answer = await vic.send(asked.method, asked.path, asked.body)
      const { status, code } = told[asked.operation] ?? { status: 200, code: undefined }
      if (told[asked.operation] === undefined) expect(asked.method, `${asked.operation} needs an entry`).toBe('GET')
      expect({ operation: asked.operation, status: answer.status, code: codeOf(answer) }).toEqual({
        operation: asked.operation,
        status,
        code,
      })
    }
    expect(lastingWrites()).toEqual([])
  })

  it('may plan anything and carry out nothing', async () => {
    stage.fleet.gate.reset()
    const intents = intentsAbout(subject)
    const types = Intent.options.map(({ shape }) => shape.type.value)
    expect(Object.keys(intents).toSorted()).toEqual(types.toSorted())
    for (const [type, intent] of Object.entries(intents)) {
      const plan = await vic.post('/plans', { intent })
      const fingerprint = textAt(plan.body, 'fingerprint') ?? 'none'
      const done = await vic.post('/changes', { intent, fingerprint })
      const codes = refusals(plan)
      expect(codes, type).toContain(pointless[type] ?? 'plan.forbidden')
      expect({ type, status: done.status, code: codeOf(done) }).toEqual({ type, ...carriedOut(type, plan) })
    }
    expect(lastingWrites()).toEqual([])
  })

  it('cannot steer what another person has under way', async () => {
    const { name, release } = await held()
    const hub = stage.fleet.admin('hub')
    try {
      expect(codeOf(await vic.post(`/changes/${name}/stop`, {}))).toBe('access.forbidden')
    } finally {
      release()
    }
    await expect
      .poll(async () => textAt(await hub.get(changeResource, { name }), 'status', 'phase'), { timeout: 10_000 })
      .toBe('Failed')
    stage.fleet.gate.reset()
    for (const order of ['items/item-1/retry', 'items/item-1/skip']) {
      const answer = await vic.post(`/changes/${name}/${order}`, {})
      expect({ order, status: answer.status, code: codeOf(answer) }).toMatchObject({
        status: 403,
        code: 'access.forbidden',
      })
    }
    const change = await hub.get(changeResource, { name })
    // Changes pause after an idle hour; the store is where that can be had at once.
    const status = { ...recordAt(change, 'status'), phase: 'Paused' }
    stage.fleet.fleet.clusters.get('hub')?.server.store.put({ ...change, status })
    const resumed = await vic.post(`/changes/${name}/resume`, {})
    expect({ status: resumed.status, code: codeOf(resumed) }).toEqual({ status: 403, code: 'access.forbidden' })
    expect(lastingWrites()).toEqual([])
  })
})

/** What makes no sense for anybody here (of a managed mesh it does: managed-rights.drill.ts); everything else is refused for want of a right. */
const pointless: Record<string, string> = {
  'clusters.prepare-hub': 'plan.nothing_to_do',
  'meshes.join': 'meshes.has_no_members',
  'meshes.leave': 'meshes.not_a_member',
  'meshes.adopt-drift': 'meshes.no_such_drift',
  'meshes.move-default': 'plan.nothing_to_do',
  'meshes.move-network': 'meshes.has_no_members',
  'meshes.east-west-gateway': 'meshes.has_no_members',
  'meshes.expose-services': 'meshes.has_no_members',
  'meshes.keep-local': 'meshes.has_no_members',
  'meshes.delete-gateways': 'meshes.not_a_gateway',
  'clusters.clean': 'clusters.not_left_over',
  'objects.fix': 'objects.finding_gone',
  'objects.unmute': 'plan.nothing_to_do',
}

function carriedOut(type: string, plan: Answer): { status: number; code: string } {
  if (pointless[type] === undefined) return { status: 403, code: 'access.forbidden' }
  return plan.status === 422 ? { status: 422, code: 'plan.invalid' } : { status: 409, code: 'plan.blocked' }
}

function refusals(plan: Answer): (string | undefined)[] {
  const reasons = plan.status === 422 ? listAt(plan.body, 'data', 'reasons') : listAt(plan.body, 'blocked')
  return reasons.map((each) => textAt(each, 'code'))
}

/** A change of Ada's whose one write neither comes through nor fails, until it is let go; then it fails. */
async function held(): Promise<{ name: string; release: () => void }> {
  const ada = await stage.person('ada')
  const { cluster, namespace, mesh } = subject
  const namespaces = [{ cluster, namespace }]
  const intent = { type: 'sidecars.namespaces', mesh, namespaces, action: 'clear', restart: false }
  const execute = await planned(ada, intent)
  const release = new AbortController()
  const reached = new Promise<void>((resolve) => {
    stage.fleet.gate.rule(async ({ path }) => {
      if (!path.endsWith(`/namespaces/${namespace}`)) return 'forward'
      resolve()
      await once(release.signal, 'abort')
      return 'drop'
    })
  })
  const name = await execute()
  await reached
  return { name, release: () => release.abort() }
}

describe('nobody signed in', () => {
  it('is told so by every route but those of signing in', async () => {
    stage.fleet.gate.reset()
    for (const asked of requestsAbout(subject)) {
      if (asked.operation.startsWith('access.')) continue
      const answer = await request(`${stage.console.url}/api/v1${asked.path}`, {
        method: asked.method,
        headers: { origin: stage.console.url, 'content-type': 'application/json' },
        ...(asked.body !== undefined && { body: JSON.stringify(asked.body) }),
      })
      const body: unknown = await answer.json()
      expect({ operation: asked.operation, status: answer.status, code: textAt(body, 'code') }).toEqual({
        operation: asked.operation,
        status: 401,
        code: 'access.signed_out',
      })
    }
    expect(lastingWrites()).toEqual([])
    expect(operations().length).toBeGreaterThan(25)
  })
})
