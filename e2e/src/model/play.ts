import { setTimeout as sleep } from 'node:timers/promises'
import { textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { breakCluster, isAnythingWrong, mendCluster } from './faults.ts'
import { changesIn, meshesIn, phaseOf, stuckItems } from './facts.ts'
import { intentOf, specOf } from './intents.ts'
import { createPatience } from './patience.ts'
import { createOperator, type Operator, type Outcome, settleIn } from './person.ts'
import { calm, lookAt } from './rest.ts'
import { createShown, type Shown } from './rules/shown.ts'
import { snapshot } from './rules/leaks.ts'
import type { Step } from './steps.ts'
import { cleanUp, type Forgotten } from './clean-up.ts'
import type { Universe } from './universe.ts'
import { Violation } from './violation.ts'
import { istioPlace } from './world.ts'

type Play = {
  universe: Universe
  operator: Operator
  shown: Shown
  forgotten: Forgotten[]
  counts: Counts
  isFresh: boolean
}

/** How often what was asked for was done, and refused with a reason; and what else was done to it. */
export type Counts = {
  steps: number
  executed: number
  refused: number
  kills: number
  faults: number
  refusals: Map<string, number>
}

export const emptyCounts = (): Counts => ({
  steps: 0,
  executed: 0,
  refused: 0,
  kills: 0,
  faults: 0,
  refusals: new Map(),
})

/**
 * Plays a sequence in a universe that is as it was made, and brings it back to that. Throws a Violation where the product
 * breaks a promise; the universe is of no more use then.
 */
export async function play(universe: Universe, sequence: readonly Step[], counts: Counts): Promise<void> {
  const shown = createShown()
  const operator = createOperator(universe, shown)
  const playing: Play = { universe, operator, shown, forgotten: [], counts, isFresh: false }
  await settleIn(operator, 10_000)
  const before = snapshot(universe)
  universe.audited()
  for (const step of sequence) {
    counts.steps += 1
    await take(playing, step)
    shown.check(universe.audited())
  }
  await cleanUp({ universe, operator, forgotten: playing.forgotten, before })
  shown.check(universe.audited())
}

async function take(playing: Play, step: Step): Promise<void> {
  const { universe, operator } = playing
  switch (step.do) {
    case 'fault':
      playing.counts.faults += 1
      return breakCluster(universe, step.cluster, step.fault)
    case 'mend':
      return mendCluster(universe, step.cluster)
    case 'kill':
      await sleep(step.afterMs)
      playing.counts.kills += 1
      playing.isFresh = true
      return universe.kill()
    case 'time':
      return universe.time.pass(step.minutes * 60_000)
    case 'drift':
      return drift(universe, step)
    case 'calm':
      await calm(universe, 800, 6_000)
      return lookAt(universe, operator)
    case 'steer':
      return steer(playing, step)
    case 'unseen':
      return unseen(playing, step)
    default:
      return ask(playing, step)
  }
}

async function ask(playing: Play, step: Step): Promise<void> {
  const { universe, operator, counts } = playing
  await executed(universe)
  if (playing.isFresh) await settleIn(operator, 2_000)
  playing.isFresh = false
  const intent = intentOf(universe, step)
  if (intent === undefined) return
  const letGo = step.do === 'delete' && !step.uninstall ? chosen(universe, step.mesh) : []
  const outcome = await asked(playing, intent)
  if ('change' in outcome) {
    counts.executed += 1
    playing.forgotten.push(...letGo.map((mesh) => ({ name: mesh.metadata.name, spec: specOf(mesh) })))
    return
  }
  counts.refused += 1
  for (const code of outcome.refused) counts.refusals.set(code, (counts.refusals.get(code) ?? 0) + 1)
}

/** The mesh that a step means, unless it was only found. */
function chosen(universe: Universe, number: number): KubernetesObject[] {
  const meshes = meshesIn(universe)
  const mesh = meshes[number] ?? meshes[0]
  return mesh === undefined || textAt(mesh, 'spec', 'kind') === 'External' ? [] : [mesh]
}

/** Refusals that say: not now. Where nothing is wrong people ask again, as a busy machine is no fault. */
const passing = new Set(['plan.cluster_unreachable', 'plan.cluster_syncing', 'plan.fleet_unread', 'check.reachable.no'])

async function asked({ universe, operator }: Play, intent: object): Promise<Outcome> {
  const patience = createPatience(100)
  for (;;) {
    const outcome = await operator.carryOut(intent)
    const isFinal = 'change' in outcome || !outcome.refused.some((code) => passing.has(code))
    if (isFinal || isAnythingWrong(universe) || patience.waited() > 5_000) return outcome
    await patience.pause()
  }
}

/** What was asked for before has its moment to be carried out: most people wait for it. */
async function executed(universe: Universe): Promise<void> {
  const patience = createPatience(10)
  const isUnderWay = () => changesIn(universe).some((each) => ['Pending', 'Running'].includes(phaseOf(each)))
  while (isUnderWay() && patience.waited() < 500) await patience.pause()
}

async function steer({ universe, operator }: Play, step: Step & { do: 'steer' }): Promise<void> {
  const change = changesIn(universe)[step.change]
  if (change === undefined) return
  const { name } = change.metadata
  const [item = 'item-1'] = stuckItems(change)
  const below = step.order === 'retry' || step.order === 'skip' ? `/items/${item}` : ''
  await operator.post(`/changes/${name}${below}/${step.order}`, {})
}

/** Confirms a repair by the fingerprint of a deletion: nobody has seen that plan, so nothing may come of it. */
async function unseen({ universe, operator }: Play, step: Step & { do: 'unseen' }): Promise<void> {
  const mesh = meshesIn(universe)[step.mesh]
  if (mesh === undefined) return
  const { name } = mesh.metadata
  const seen = await operator.plan({ type: 'meshes.repair', name })
  if ('refused' in seen) return
  const intent = { type: 'meshes.delete', name, uninstall: true }
  const { status } = await operator.post('/changes', { intent, fingerprint: seen.fingerprint })
  if (status === 200) throw new Violation('not shown', `${name} is deleted by the fingerprint of its repair`)
}

/** Somebody with kubectl takes something away. */
function drift(universe: Universe, { cluster, what }: Step & { do: 'drift' }): void {
  const { store } = universe.cluster(cluster).server
  const at = {
    webhook: { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'MutatingWebhookConfiguration' },
    service: { apiVersion: 'v1', kind: 'Service', namespace: istioPlace },
    reader: { apiVersion: 'v1', kind: 'ServiceAccount', namespace: istioPlace },
  }[what]
  const [found] = store.list(at)
  if (found !== undefined) store.remove({ ...at, name: found.metadata.name })
}
