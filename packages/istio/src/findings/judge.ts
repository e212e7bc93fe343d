import { type Finding, findingKey } from '@orbweaver/contracts/plan'
import { authorizationPolicyDeniesAll } from './authorizationpolicy-denies-all.ts'
import { destinationRuleHostNotFound } from './destinationrule-host-not-found.ts'
import { destinationRuleSubsetEmpty } from './destinationrule-subset-empty.ts'
import type { Judge } from './finding.ts'
import { gatewaySelectorEmpty } from './gateway-selector-empty.ts'
import { namespaceInjection } from './namespace-injection.ts'
import { peerAuthenticationLevel } from './peerauthentication-level.ts'
import { virtualServiceGatewayNotFound } from './virtualservice-gateway-not-found.ts'
import { virtualServiceHostNotFound } from './virtualservice-host-not-found.ts'
import { virtualServiceSubsetNotFound } from './virtualservice-subset-not-found.ts'
import { virtualServiceWeights } from './virtualservice-weights.ts'
import { workloadRestart } from './workload-restart.ts'
import type { MeshWorld } from './world.ts'

/** What concerns rules: all that job 4's plans ask for. */
export const ruleJudges: readonly Judge[] = [
  virtualServiceHostNotFound,
  virtualServiceGatewayNotFound,
  virtualServiceSubsetNotFound,
  virtualServiceWeights,
  destinationRuleHostNotFound,
  destinationRuleSubsetEmpty,
  gatewaySelectorEmpty,
  peerAuthenticationLevel,
  authorizationPolicyDeniesAll,
]

/** What concerns injection: looks at every Pod, so it is asked for apart. */
const injection: readonly Judge[] = [namespaceInjection, workloadRestart]

const order = ['rejected', 'error', 'warning', 'info']

/** Everything that is wrong in a mesh, worst first, then by object. */
export function judge(world: MeshWorld, topics: 'all' | 'rules' | 'injection' = 'all'): Finding[] {
  const judges = { all: [...ruleJudges, ...injection], rules: ruleJudges, injection }[topics]
  return ranked(judges.flatMap((each) => each(world)))
}

/** Worst first, then by object. */
export function ranked(findings: readonly Finding[]): Finding[] {
  const keyed = findings.map((each) => ({ each, rank: order.indexOf(each.severity), key: findingKey(each) }))
  return keyed.sort((a, b) => a.rank - b.rank || compare(a.key, b.key)).map(({ each }) => each)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** What a change introduces, solves, and leaves: as its plan shows it. */
export function compareFindings(
  before: readonly Finding[],
  after: readonly Finding[],
): { introduced: Finding[]; solved: Finding[]; remaining: Finding[] } {
  const was = new Set(before.map(findingKey))
  const is = new Set(after.map(findingKey))
  return {
    introduced: after.filter((each) => !was.has(findingKey(each))),
    solved: before.filter((each) => !is.has(findingKey(each))),
    remaining: after.filter((each) => was.has(findingKey(each))),
  }
}
