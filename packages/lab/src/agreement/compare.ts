import { isException } from './exceptions.ts'
import { judgedCodes, ours } from './our-judges.ts'
import { asObject, codeOf, type Pair, pairOf } from './pairs.ts'
import { type Analysis, analyze, type World } from './real-judges.ts'

export type Compared = {
  readonly world: World
  readonly analysis: Analysis
  readonly equal: readonly Pair[]
  readonly theirs: readonly Pair[]
  readonly ours: readonly Pair[]
  /** Differences that are known, with their reason. */
  readonly excepted: readonly Pair[]
  /** What istioctl says one time and not another, of the same world. */
  readonly undecided: readonly Pair[]
  /** Of codes that none of our findings carries. */
  readonly unjudged: readonly Pair[]
}

/** How often a world that differs is asked about again: the analysers walk Go's maps, in another order each time. */
const asksAgain = 40

/** Each world that istioctl does not break on. */
export async function compare(program: string, worlds: readonly World[]): Promise<readonly Compared[]> {
  const first = await analyze(program, worlds)
  const all = worlds.flatMap((world, index) => {
    const analysis = first[index]
    return analysis === undefined || analysis.crashed ? [] : [compared(world, analysis)]
  })
  const again = all.filter(differs).flatMap((each) => Array.from({ length: asksAgain }, () => each))
  const analyses = await analyze(
    program,
    again.map(({ world }) => world),
  )
  const saidOf = new Map<Compared, ReadonlySet<Pair>[]>()
  for (const [index, each] of again.entries()) {
    const analysis = analyses[index]
    if (analysis !== undefined) saidOf.set(each, [...(saidOf.get(each) ?? []), pairsOf(analysis)])
  }
  return all.map((each) => settled(each, saidOf.get(each) ?? []))
}

const pairsOf = (analysis: Analysis): ReadonlySet<Pair> =>
  new Set(analysis.messages.map((each) => pairOf(each.code, asObject(each))))

function compared(world: World, analysis: Analysis): Compared {
  const said = [...pairsOf(analysis)]
  const own = new Set(ours(readable(world, analysis)))
  const theirs = said.filter((each) => !own.has(each) && judgedCodes.has(codeOf(each)))
  const more = [...own].filter((each) => !said.includes(each))
  return {
    world,
    analysis,
    equal: said.filter((each) => own.has(each)),
    theirs: theirs.filter((each) => !isException(each, 'theirs', world)),
    ours: more.filter((each) => !isException(each, 'ours', world)),
    excepted: [
      ...theirs.filter((each) => isException(each, 'theirs', world)),
      ...more.filter((each) => isException(each, 'ours', world)),
    ],
    undecided: [],
    unjudged: said.filter((each) => !judgedCodes.has(codeOf(each))),
  }
}

/** The world without what istioctl cannot read either. */
function readable(world: World, { unread }: Analysis): World {
  const isRead = (cluster: string) => (_: unknown, index: number) =>
    !unread.some((each) => each.cluster === cluster && each.index === index)
  const remotes: Record<string, World['objects']> = {}
  for (const [name, objects] of Object.entries(world.remotes ?? {})) remotes[name] = objects.filter(isRead(name))
  return { ...world, objects: world.objects.filter(isRead('')), remotes }
}

/** What one of several answers has and another has not is undecided. */
function settled(first: Compared, answers: readonly ReadonlySet<Pair>[]): Compared {
  const theirs = first.theirs.filter((pair) => answers.every((each) => each.has(pair)))
  const own = first.ours.filter((pair) => !answers.some((each) => each.has(pair)))
  const undecided = [...first.theirs, ...first.ours].filter((pair) => !theirs.includes(pair) && !own.includes(pair))
  return { ...first, theirs, ours: own, undecided }
}

export const differs = ({ theirs, ours: own }: Compared): boolean => theirs.length + own.length > 0
