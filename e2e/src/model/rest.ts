import { isRecord, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { changesIn, meshesIn, phaseOf, stuckItems, unrest } from './facts.ts'
import { createPatience } from './patience.ts'
import type { Operator } from './person.ts'
import type { Universe } from './universe.ts'
import { Violation } from './violation.ts'

/** How long nothing may move before it is taken for stuck (ms). */
const patienceMs = 40_000
const lookMs = 25

/** Waits for what moves by itself; until it rests, or has not moved for so long (ms), or for at most so long. */
export async function calm(universe: Universe, quietMs: number, mostMs: number): Promise<void> {
  const [still, whole] = [createPatience(lookMs), createPatience(lookMs)]
  let last = ''
  while (whole.waited() < mostMs) {
    const now = unrest(universe)
    if (now === '') return
    if (now !== last) still.restart()
    last = now
    if (still.waited() > quietMs) return
    await Promise.all([still.pause(), whole.pause()])
  }
}

/**
 * Nothing is wrong any more: all comes to rest by itself, or by what the console offers to do about it, each at most
 * twice. Whatever stays is a state without a next action.
 */
export async function converge(universe: Universe, operator: Operator): Promise<void> {
  const taken = new Map<string, number>()
  const still = createPatience(lookMs)
  let last = ''
  for (;;) {
    // A console must be there for anything to move.
    await universe.ada()
    const now = unrest(universe)
    if (now === '') return
    if (now !== last) still.restart()
    last = now
    const next = still.waited() > 300 ? nextAction(universe, still.waited()) : undefined
    if (next !== undefined && (taken.get(next.name) ?? 0) < 2) {
      taken.set(next.name, (taken.get(next.name) ?? 0) + 1)
      await next.take(operator)
      still.restart()
    } else if (still.waited() > patienceMs) throw new Violation('does not converge', now)
    await still.pause()
  }
}

type Action = { name: string; take(operator: Operator): Promise<unknown> }

/** What a person would do about what waits for them. A mesh is left alone for as long as it may get on by itself. */
function nextAction(universe: Universe, stillMs: number): Action | undefined {
  const open = changesIn(universe).find((each) => ['Paused', 'Failed'].includes(phaseOf(each)))
  if (open !== undefined) {
    const { name } = open.metadata
    if (phaseOf(open) === 'Paused')
      return { name: `resume ${name}`, take: (by) => by.post(`/changes/${name}/resume`, {}) }
    const [item] = stuckItems(open)
    if (item === undefined) return undefined
    return {
      name: `retry ${name} ${item}`,
      // What somebody else has changed since stays as they left it: it is left out.
      take: async (by) => {
        await by.post(`/changes/${name}/items/${item}/retry`, {})
        await calm(universe, 1_000, 5_000)
        const now = changesIn(universe).find((each) => each.metadata.name === name)
        if (now !== undefined && stuckItems(now).includes(item))
          await by.post(`/changes/${name}/items/${item}/skip`, {})
      },
    }
  }
  const held = meshesIn(universe).find((each) => clustersHeld(each).length > 0)
  if (held !== undefined) return { name: `free ${held.metadata.name}`, take: (by) => free(by, held) }
  const mesh = meshesIn(universe).find((each) => phaseOf(each) !== 'Ready')
  if (mesh === undefined || stillMs < patienceMs / 2 || mesh.metadata.deletionTimestamp !== undefined) return undefined
  const { name } = mesh.metadata
  return { name: `repair ${name}`, take: (by) => by.carryOut({ type: 'meshes.repair', name }) }
}

/** Clusters from which a mesh is not taken away, as something there still uses it. */
function clustersHeld(mesh: KubernetesObject): string[] {
  const held = listAt(mesh, 'status', 'stages').filter((each) => textAt(each, 'reason') === 'still-used')
  return [...new Set(held.map((each) => textAt(each, 'cluster') ?? ''))]
}

/** By the one-click fixes that the console offers for what stands in the way. */
async function free(by: Operator, mesh: KubernetesObject): Promise<void> {
  const { name, deletionTimestamp } = mesh.metadata
  const leaving = deletionTimestamp === undefined ? `?leaving=${clustersHeld(mesh).join(',')}` : ''
  for (const each of listAt(await by.get(`/meshes/${name}/removal${leaving}`), 'conditions')) {
    const { intent } = recordAt(each)
    if (isRecord(intent)) await by.carryOut(intent)
  }
}

/**
 * Wherever a mesh stands, its page opens and says why, and there is a way out: its record can be let go. Not asked while
 * the hub is away, for then nothing can be said.
 */
export async function lookAt(universe: Universe, operator: Operator): Promise<void> {
  for (const { metadata } of meshesIn(universe)) {
    const detail = await operator.get(`/meshes/${metadata.name}`)
    const phase = textAt(detail, 'mesh', 'phase')
    if (phase === undefined || phase === 'ready' || phase === 'pending') continue
    const waiting = listAt(detail, 'stages').filter((each) => textAt(each, 'state') !== 'done')
    const why = waiting.filter((each) => textAt(each, 'reason', 'code') !== undefined)
    if (waiting.length > 0 && why.length === 0)
      throw new Violation(
        'no reason',
        `${metadata.name} is ${phase}, and no stage says why: ${JSON.stringify(waiting)}`,
      )
  }
}
