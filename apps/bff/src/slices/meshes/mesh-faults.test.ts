import { listAt, textAt } from '@orbweaver/contracts/json'
import { meshes } from '@orbweaver/kube/resources'
import type { TroubleState } from '@orbweaver/sandbox/fleet/troubles'
import type { FaultState } from '@orbweaver/sandbox/server/faults'
import { emptyWorld } from '@orbweaver/sandbox/worlds/empty'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SignedInClient } from '../../testing/call.ts'
import { startWholeConsole, until, type WholeConsole } from '../../testing/whole-console.ts'

let whole: WholeConsole
let ada: SignedInClient

beforeAll(async () => {
  const world = emptyWorld()
  const members = world.members.map((each) => ({ ...each, registered: true }))
  whole = await startWholeConsole({ ...world, members })
  ada = await whole.person('ada')
}, 120_000)
afterAll(() => whole.stop())

/** What is wrong in the cluster of a mesh from the moment on that it was asked for, and what is said of it then. */
type Case = {
  fault: string
  troubles?: TroubleState
  faults?: Partial<FaultState>
  kind?: 'Managed'
  /** Reasons, one of which a stage says; none where it only takes longer. */
  says: readonly string[]
}

const silent = ['operator-silent']
const noIstiod = ['istiod-not-ready']
const away = ['cluster-unreachable']

const rounds: readonly (readonly Case[])[] = [
  [
    { fault: 'operator=absent', troubles: { operator: 'absent' }, says: silent },
    { fault: 'operator=crash-looping', troubles: { operator: 'crash-looping' }, says: silent },
    { fault: 'istiod=down', troubles: { istiod: 'down' }, says: noIstiod },
    { fault: 'image-pull=pilot', troubles: { imagePull: 'pilot' }, says: noIstiod },
  ],
  [
    { fault: 'load-balancer=absent', troubles: { loadBalancer: 'absent' }, kind: 'Managed', says: ['address-pending'] },
    { fault: 'quota=istio-system', troubles: { quota: 'istio-system' }, says: [...noIstiod, 'limits.quota-full'] },
    { fault: 'refuse', faults: { refuse: true }, says: away },
    { fault: 'unauthorized', faults: { unauthorized: true }, says: away },
  ],
  [
    { fault: 'forbidden', faults: { forbidden: true }, says: away },
    { fault: 'black-hole', faults: { blackHole: true }, says: away },
    { fault: 'error-rate=0.3', faults: { errorRate: 0.3 }, says: [] },
    { fault: 'watch-cut=200', faults: { watchLifeMs: 200 }, says: [] },
  ],
]

const specOf = (cluster: string, { kind }: Case, settings: object = {}) => ({
  kind: kind ?? 'Dedicated',
  version: 'v1.30.3',
  controlPlane: { cluster, ...(kind === 'Managed' && { entrance: { type: 'LoadBalancer' } }) },
  settings,
})

async function stages(name: string): Promise<{ state: string; reason: string; text: string }[]> {
  const { body } = await ada.read(`/api/v1/meshes/${name}`)
  return listAt(body, 'stages').map((each) => ({
    state: textAt(each, 'state') ?? '',
    reason: (textAt(each, 'reason', 'code') ?? '').replace(/^(stage|check)\./, ''),
    text: JSON.stringify(each),
  }))
}

const phaseIs = async (name: string, phase: string): Promise<string> => {
  const { body } = await ada.read(`/api/v1/meshes/${name}`)
  const now = textAt(body, 'mesh', 'phase') ?? ''
  return now === phase ? '' : `${name} is ${now}: ${JSON.stringify(await stages(name))}`
}

async function gone(name: string): Promise<string> {
  const { items } = await whole.member('hub').admin.list(meshes)
  return items.some((each) => each.metadata.name === name) ? `${name} is still there` : ''
}

/** What was made under a fault is changed and repaired like any other. */
async function changeAndRepair(each: Case, cluster: string, name: string): Promise<void> {
  const settings = { sidecar: { discoveryIsolation: true } }
  await whole.confirm(ada, { type: 'meshes.update', name, spec: specOf(cluster, each, settings) })
  await until(async () => {
    const told = await stages(name)
    const scope = told.find(({ text }) => text.includes('"discovery-scope"'))
    return scope?.state === 'done' ? phaseIs(name, 'ready') : `no scope in ${JSON.stringify(told)}`
  })
  await whole.confirm(ada, { type: 'meshes.repair', name })
  await until(() => phaseIs(name, 'ready'))
}

/** Made while the fault is there, told, come up when it has ended, and deleted; the first of each round is changed and repaired, too. */
async function live(each: Case, index: number): Promise<void> {
  const cluster = `member-${index + 1}`
  const name = `mesh-${index + 1}`
  const { troubles, server } = whole.member(cluster)
  await whole.confirm(ada, { type: 'meshes.create', name, spec: specOf(cluster, each) })
  server.faults.set(each.faults ?? {})
  troubles.set(each.troubles ?? {})
  if (each.says.length > 0) {
    await until(async () => {
      const told = await stages(name)
      return told.some(({ reason }) => each.says.includes(reason)) ? '' : `${each.fault}: ${JSON.stringify(told)}`
    })
  } else {
    await until(() => phaseIs(name, 'ready'))
  }
  server.faults.reset()
  troubles.reset()
  await until(() => phaseIs(name, 'ready'))
  if (index === 0) await changeAndRepair(each, cluster, name)
  await whole.confirm(ada, { type: 'meshes.delete', name, uninstall: true })
  await until(() => gone(name))
}

describe.each(rounds.map((round) => [round.map(({ fault }) => fault).join(', '), round] as const))(
  'meshes under %s',
  (_, round) => {
    test('say why they wait, come up when it ends, and are changed, repaired and deleted', {
      timeout: 200_000,
    }, async () => {
      const ends = await Promise.allSettled(round.map((each, index) => live(each, index)))
      expect(ends.flatMap((each) => (each.status === 'rejected' ? [String(each.reason)] : []))).toEqual([])
    })
  },
)
