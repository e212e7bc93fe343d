import type { RouteAnswer, RouteDestination, RouteEndpoint, RouteExplanation } from '@orbweaver/contracts/explain'
import { type ObjectRef, refKey } from '@orbweaver/contracts/kubernetes'
import type { ViewerDoor } from '../../kube/doors.ts'

/**
 * Of Pods that the viewer may not see there is only told that some are there: neither name nor address; of entrances to
 * other networks no address.
 */
export async function withoutHiddenPods(
  viewer: Pick<ViewerDoor, 'seesWhich'>,
  explanation: RouteExplanation,
): Promise<RouteExplanation> {
  const { outcome } = explanation
  const answer = outcome.kind === 'fault' ? outcome.otherwise : outcome
  if (answer.kind !== 'routed') return explanation
  const endpoints = answer.destinations.flatMap((each) => each.endpoints)
  const entrances = endpoints.flatMap(({ gateways = [] }) => gateways.map(({ ref }) => ref))
  const seen = await viewer.seesWhich([...endpoints.flatMap(podsOf), ...entrances])
  const told: RouteAnswer = { ...answer, destinations: answer.destinations.map((each) => seenOf(each, seen)) }
  return { ...explanation, outcome: outcome.kind === 'fault' ? { ...outcome, otherwise: told } : told }
}

function podsOf({ cluster, namespace, pod }: RouteEndpoint): ObjectRef[] {
  return pod === undefined ? [] : [{ cluster, group: '', version: 'v1', kind: 'Pod', namespace, name: pod }]
}

function seenOf(destination: RouteDestination, seen: ReadonlySet<string>): RouteDestination {
  const endpoints = destination.endpoints.map((each) => {
    if (podsOf(each).every((ref) => seen.has(refKey(ref)))) return withEntrances(each, seen)
    const { cluster, namespace, port, ready } = each
    return { cluster, namespace, port, ready, address: '' }
  })
  return { ...destination, endpoints }
}

function withEntrances(endpoint: RouteEndpoint, seen: ReadonlySet<string>): RouteEndpoint {
  if (endpoint.gateways === undefined) return endpoint
  const gateways = endpoint.gateways.map(({ ref, address }) => ({ ref, address: seen.has(refKey(ref)) ? address : '' }))
  return { ...endpoint, gateways }
}
