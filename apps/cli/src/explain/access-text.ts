import type {
  AccessCell,
  AccessChange,
  AccessExplanation,
  InjectionExplanation,
} from '@orbweaver/contracts/explain-access'
import type { Place, TrailStep } from '@orbweaver/contracts/explain'
import { listed } from '@orbweaver/contracts/listed'
import { aroundHops } from '@orbweaver/istio/simulate/access/around-hops'
import { subjectOf } from '../output/text.ts'
import { type Language, sentence } from '../sentences.ts'

const place = ({ ref, pointer }: Place): string => `${subjectOf(ref)}${pointer === '' ? '' : ` ${pointer}`}`

/** For people: the answer, who decides, and the trail below each place on the way. */
export function accessTold(answer: AccessExplanation, language: Language): string {
  const say = (code: string, params = {}) => sentence(language, ['access', ...code.split('.')], params) ?? code
  const open = answer.depends.map((each) => say(`depends.${each}`))
  const depends = listed(open, language)
  const { before, after } = aroundHops(answer)
  const step = (each: TrailStep) => stepTold(each, ['access', 'step'], language)
  return [
    `${say(`verdict.${answer.verdict}`)}${depends === '' ? '' : `: ${depends}`}`,
    ...(answer.decidedBy === null ? [] : [`  ${place(answer.decidedBy)}`]),
    ...before.map(step),
    ...answer.hops.flatMap((hop) => [
      `${say(`at.${hop.at}`, { name: hop.ref?.name ?? '' })}: ${say(`verdict.${hop.verdict}`)}`,
      ...hop.trail.map(step),
    ]),
    ...after.map(step),
  ].join('\n')
}

function stepTold({ code, params, ref }: TrailStep, path: readonly string[], language: Language): string {
  const said = sentence(language, [...path, code], params) ?? code
  return `  - ${said}${ref === undefined ? '' : ` [${subjectOf(ref)}]`}`
}

/** One line a caller and port. */
export function cellsTold(cells: readonly AccessCell[], language: Language): string {
  return cells.map((each) => cellTold(each, language)).join('\n')
}

function cellTold({ from, to, verdict, depends }: AccessCell, language: Language): string {
  const open = depends.map((each) => sentence(language, ['access', 'depends', each], {}) ?? each)
  const on = listed(open, language)
  const who = from.workloads.map(subjectOf).join(', ')
  return `${who} -> ${subjectOf(to.ref)}:${to.port}  ${verdict}${on === '' ? '' : ` (${on})`}`
}

/** What becomes of each pair that a draft changes. */
export function changesTold(changes: readonly AccessChange[], language: Language): string {
  return changes
    .flatMap(({ before, after }) => [
      ...(before === undefined ? [] : [`- ${cellTold(before, language)}`]),
      ...(after === undefined ? [] : [`+ ${cellTold(after, language)}`]),
    ])
    .join('\n')
}

/** For people: the outcome, the webhooks that were asked, why, and what would change it. */
export function injectionTold(answer: InjectionExplanation, language: Language): string {
  const say = (code: string, params = {}) => sentence(language, ['injection', ...code.split('.')], params) ?? code
  return [
    say(`outcome.${answer.outcome}`),
    ...(answer.decidedBy === null ? [] : [`  ${place(answer.decidedBy)}`]),
    ...answer.trail.map((each) => stepTold(each, ['injection', 'reason'], language)),
    ...answer.hooks.map(hookTold),
    ...(answer.state === undefined ? [] : [`  - ${say(`pod.${answer.state.code}`, answer.state.params)}`]),
    ...answer.changes.map(({ code, params }) => `  * ${say(`change.${code}`, params)}`),
  ].join('\n')
}

function hookTold({ config, webhook, matches, fails }: InjectionExplanation['hooks'][number]): string {
  const why = fails.map(({ of, condition, value }) => `${of} ${condition}${value === undefined ? '' : ` (${value})`}`)
  return `  ${matches ? '+' : '-'} ${config} ${webhook}${why.length === 0 ? '' : `: ${why.join('; ')}`}`
}
