import { LabError } from '../lab-error.ts'
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
  /** Of codes that none of our findings carries. */
  readonly unjudged: readonly Pair[]
}

export async function compare(program: string, worlds: readonly World[]): Promise<readonly Compared[]> {
  const analyses = await analyze(program, worlds)
  return worlds.flatMap((world, index) => {
    const analysis = analyses[index]
    return analysis === undefined ? [] : [compared(world, analysis)]
  })
}

function compared(world: World, analysis: Analysis): Compared {
  const broken = analysis.errors.filter((each) => each.includes('panic:'))
  if (broken.length > 0) throw new LabError(`the analysers, world ${world.id}`, broken)
  const said = new Set(analysis.messages.map((each) => pairOf(each.code, asObject(each))))
  const own = new Set(ours(world))
  const theirs = [...said].filter((each) => !own.has(each) && judgedCodes.has(codeOf(each)))
  const more = [...own].filter((each) => !said.has(each))
  return {
    world,
    analysis,
    equal: [...said].filter((each) => own.has(each)),
    theirs: theirs.filter((each) => !isException(each, 'theirs')),
    ours: more.filter((each) => !isException(each, 'ours')),
    excepted: [
      ...theirs.filter((each) => isException(each, 'theirs')),
      ...more.filter((each) => isException(each, 'ours')),
    ],
    unjudged: [...said].filter((each) => !judgedCodes.has(codeOf(each))),
  }
}

export const differs = ({ theirs, ours: own }: Compared): boolean => theirs.length + own.length > 0
