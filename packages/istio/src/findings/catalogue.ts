import { type Code } from './finding.ts'
import { judges } from './judges.ts'
import { structureJudge } from './schema/structure.ts'

/** Everything that can be found, by its slug. */
export const codes: ReadonlyMap<string, Code> = new Map(
  [...judges, structureJudge([])].flatMap(({ says }) => says).map((each) => [each.code, each]),
)

const istioDocs = 'https://istio.io/latest/docs/'

/** Where Istio explains it: the page of the code itself, else that of the first code of istioctl's it goes by. */
export function docsOf({ docs, aliases = [] }: Code): string | undefined {
  if (docs !== undefined) return istioDocs + docs
  const analyser = aliases.find((each) => each.startsWith('IST'))
  return analyser === undefined ? undefined : `${istioDocs}reference/config/analysis/${analyser.toLowerCase()}/`
}
