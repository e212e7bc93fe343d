import type { ComparedDestination, ComparedPolicy, RouteComparison } from '@orbweaver/contracts/compare'
import type { RouteDestination, RouteExplanation, RoutePolicy } from '@orbweaver/contracts/explain'
import { type Json, sameJson } from '@orbweaver/contracts/json'

/** What a change makes of a request: of the way and what is done on it, not of Pods that come and go meanwhile. */
export function routeDifference(before: RouteExplanation, after: RouteExplanation): RouteComparison {
  return {
    before,
    after,
    differs: {
      outcome: !sameJson(kindOf(before), kindOf(after)),
      decidedBy: !sameJson(before.decidedBy, after.decidedBy),
    },
    destinations: destinationsOf(before, after),
    policies: policiesOf(before, after),
  }
}

/** An outcome without where it is sent: that is told destination by destination. */
function kindOf({ outcome }: RouteExplanation): Json {
  if (outcome.kind === 'routed') return outcome.kind
  if (outcome.kind !== 'fault' || outcome.otherwise.kind !== 'routed') return outcome
  return { ...outcome, otherwise: outcome.otherwise.kind }
}

function sentTo({ outcome }: RouteExplanation): readonly RouteDestination[] {
  const answer = outcome.kind === 'fault' ? outcome.otherwise : outcome
  return answer.kind === 'routed' ? answer.destinations : []
}

function destinationsOf(before: RouteExplanation, after: RouteExplanation): ComparedDestination[] {
  const [was, is] = [sentTo(before), sentTo(after)]
  const all = new Map([...was, ...is].map((each) => [each.cluster, each]))
  return [...all.values()].map(({ host, port, subset, cluster }) => ({
    host,
    port,
    ...(subset !== undefined && { subset }),
    cluster,
    ...shareOf('before', was, cluster),
    ...shareOf('after', is, cluster),
  }))
}

function shareOf(side: 'before' | 'after', all: readonly RouteDestination[], cluster: string) {
  const own = all.filter((each) => each.cluster === cluster)
  const [first] = own
  if (first === undefined) return {}
  const weight = own.reduce((sum, each) => sum + each.weight, 0)
  return { [side]: { weight, ...(first.fails !== undefined && { fails: first.fails }) } }
}

function policiesOf(before: RouteExplanation, after: RouteExplanation): ComparedPolicy[] {
  const [was, is] = [before, after].map(({ policies }) => new Map(policies.map((each) => [keyOf(each), each])))
  const keys = new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])
  return [...keys].flatMap((key): ComparedPolicy[] => {
    const [old, now] = [was?.get(key), is?.get(key)]
    const one = now ?? old
    if (one === undefined || sameJson(old, now)) return []
    const { name, cluster, by } = one
    // What Istio does by itself with a destination comes and goes with it.
    if ((old === undefined || now === undefined) && cluster !== undefined && by === null) return []
    return [{ name, ...(cluster !== undefined && { cluster }), ...wordOf('before', old), ...wordOf('after', now) }]
  })
}

function keyOf({ name, cluster }: RoutePolicy): string {
  return `${name} ${cluster ?? ''}`
}

function wordOf(side: 'before' | 'after', policy: RoutePolicy | undefined) {
  return policy === undefined ? {} : { [side]: { value: policy.value, by: policy.by } }
}
