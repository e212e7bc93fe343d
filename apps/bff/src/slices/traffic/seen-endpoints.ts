import type { RouteAnswer, RouteDestination, RouteEndpoint, RouteExplanation } from '@orbweaver/contracts/explain'
import { type ObjectRef, refKey } from '@orbweaver/contracts/kubernetes'
import type { ViewerDoor } from '../../kube/doors.ts'

/** Of Pods that the viewer may not see there is only told that some are there: neither name nor address. */
export async function withoutHiddenPods(viewer: ViewerDoor, explanation: RouteExplanation): Promise<RouteExplanation> {
  const { outcome } = explanation
  const answer = outcome.kind === 'fault' ? outcome.otherwise : outcome
  if (answer.kind !== 'routed') return explanation
  const refs = answer.destinations.flatMap(({ endpoints }) => endpoints.flatMap(podsOf))
  const seen = await viewer.seesWhich(refs)
  const told: RouteAnswer = { ...answer, destinations: answer.destinations.map((each) => seenOf(each, seen)) }
  return { ...explanation, outcome: outcome.kind === 'fault' ? { ...outcome, otherwise: told } : told }
}

function podsOf({ cluster, namespace, pod }: RouteEndpoint): ObjectRef[] {
  return pod === undefined ? [] : [{ cluster, group: '', version: 'v1', kind: 'Pod', namespace, name: pod }]
}

function seenOf(destination: RouteDestination, seen: ReadonlySet<string>): RouteDestination {
  const endpoints = destination.endpoints.map((each) => {
    if (podsOf(each).every((ref) => seen.has(refKey(ref)))) return each
    const { cluster, namespace, port, ready } = each
    return { cluster, namespace, port, ready, address: '' }
  })
  return { ...destination, endpoints }
}
