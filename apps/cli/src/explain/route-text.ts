import type { Place, RouteDestination, RouteExplanation, RouteOutcome, RoutePolicy } from '@orbweaver/contracts/explain'
import { routedCode } from '@orbweaver/istio/simulate/route/routed-code'
import { subjectOf } from '../output/text.ts'
import { type Language, sentence } from '../sentences.ts'

type Say = (path: string, params?: Record<string, string | number | boolean>) => string

/** For people: what it comes to, who decides, the policies in effect, and the way there step by step. */
export function routeTold(answer: RouteExplanation, language: Language): string {
  const say: Say = (path, params = {}) => sentence(language, ['route', ...path.split('.')], params) ?? path
  const decided = answer.decidedBy === null ? say('label.by-default') : placeOf(answer.decidedBy)
  return [
    ...outcomeTold(answer.outcome, say),
    `${say('label.decided-by')}: ${decided}`,
    ...(answer.policies.length === 0 ? [] : [`${say('label.policies')}:`]),
    ...answer.policies.map((each) => `  ${policyTold(each, say)}`),
    `${say('label.why')}:`,
    ...answer.trail.map(({ code, params, ref, pointer }) => {
      const place = ref === undefined ? '' : ` [${placeOf({ ref, pointer: pointer ?? '' })}]`
      return `  - ${say(`step.${code}`, params)}${place}`
    }),
  ].join('\n')
}

function placeOf({ ref, pointer }: Place): string {
  return `${subjectOf(ref)}${pointer === '' ? '' : ` ${pointer}`}`
}

function outcomeTold(outcome: RouteOutcome, say: Say): string[] {
  switch (outcome.kind) {
    case 'routed':
      return [
        say(`outcome.${routedCode(outcome.destinations)}`),
        ...outcome.destinations.map((each) => `  ${destinationTold(each, say)}`),
      ]
    case 'redirect':
      return [say('outcome.redirect', { location: outcome.location, status: outcome.status })]
    case 'direct':
      return [say('outcome.direct', { status: outcome.status })]
    case 'fault':
      return [say('outcome.fault'), ...faultTold(outcome), ...outcomeTold(outcome.otherwise, say)]
    case 'unknown':
      return [`${say('outcome.unknown')}: ${say(`step.${outcome.reason.code}`, outcome.reason.params)}`]
    default:
      return [
        `${say(`outcome.${outcome.kind}`)}${'status' in outcome && outcome.status !== undefined ? ` (${outcome.status})` : ''}`,
      ]
  }
}

function faultTold({ abort, delay }: Extract<RouteOutcome, { kind: 'fault' }>): string[] {
  return [
    ...(abort === undefined ? [] : [`  ${abort.percentage} % ${abort.status ?? abort.grpcStatus ?? ''}`]),
    ...(delay === undefined ? [] : [`  ${delay.percentage} % ${delay.duration}`]),
  ]
}

function destinationTold(destination: RouteDestination, say: Say): string {
  const { weight, host, port, subset, endpoints, waypoint, fails } = destination
  const share = `${Math.round(weight * 100) / 100} %`
  const to = `${host}:${port}${subset === undefined ? '' : ` ${subset}`}`
  const ready = endpoints.filter((each) => each.ready).map(({ pod, address }) => pod ?? address)
  const why = fails === undefined ? '' : ` - ${say(`step.${fails.code}`, fails.params)}`
  const by = waypoint === undefined ? '' : ` → ${subjectOf(waypoint)}`
  return `${share} ${to}${by}${ready.length === 0 ? '' : ` (${ready.join(', ')})`}${why}`
}

function policyTold({ name, value, by, cluster }: RoutePolicy, say: Say): string {
  const at = by === null ? say('label.by-default') : placeOf(by)
  const of = cluster === undefined ? '' : ` ${cluster}`
  return `${name}${of}: ${JSON.stringify(value)} [${at}]`
}
