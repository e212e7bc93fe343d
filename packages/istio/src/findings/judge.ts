import { refKey } from '@orbweaver/contracts/kubernetes'
import { type Finding, findingKey } from '@orbweaver/contracts/plan'
import { inTextOrder } from '@orbweaver/contracts/text-order'
import { createEngine } from './engine.ts'
import type { Judge } from './finding.ts'
import { withSoundWays } from './fixes/sound.ts'
import { judges } from './judges.ts'
import { withoutUnserved } from './schema/version.ts'
import type { MeshWorldParts } from './world.ts'

const order = ['rejected', 'error', 'warning', 'info']

/** Everything that is wrong in a mesh, worst first, then by object, with ways out that hold; by judges that only some have as well. */
export function judge(parts: MeshWorldParts, more: readonly Judge[] = []): Finding[] {
  const engine = createEngine(parts, [...judges, ...more])
  return ranked(withoutUnserved(engine.findings())).map((each) => withSoundWays(engine, each))
}

/** Worst first, then by object. */
export function ranked(findings: readonly Finding[]): Finding[] {
  const keyed = findings.map((each) => ({ each, rank: order.indexOf(each.severity), key: findingKey(each) }))
  return keyed.sort((a, b) => a.rank - b.rank || inTextOrder(a.key, b.key)).map(({ each }) => each)
}

/**
 * What a change introduces, solves, and leaves: as its plan shows it. What stands elsewhere in the same object, because
 * something before it came or went, is left.
 */
export function compareFindings(
  before: readonly Finding[],
  after: readonly Finding[],
): { introduced: Finding[]; solved: Finding[]; remaining: Finding[] } {
  const was = new Set(before.map(findingKey))
  const is = new Set(after.map(findingKey))
  const gone = new Map<string, Finding[]>()
  for (const each of before) {
    if (!is.has(findingKey(each))) gone.set(wordsKey(each), [...(gone.get(wordsKey(each)) ?? []), each])
  }
  const moved = new Set<Finding>()
  for (const each of after) {
    const from = was.has(findingKey(each)) ? undefined : gone.get(wordsKey(each))?.shift()
    if (from !== undefined) moved.add(from).add(each)
  }
  return {
    introduced: after.filter((each) => !was.has(findingKey(each)) && !moved.has(each)),
    solved: before.filter((each) => !is.has(findingKey(each)) && !moved.has(each)),
    remaining: after.filter((each) => was.has(findingKey(each)) || moved.has(each)),
  }
}

/** The same fault of one object, wherever in it. */
function wordsKey({ code, ref, params }: Finding): string {
  return [code, refKey(ref), JSON.stringify(params)].join(' ')
}
