import type { RouteAnswer, RouteOutcome, RouteRequest } from '@orbweaver/contracts/explain'
import { explainRoute } from '@orbweaver/istio/simulate/route/explain'
import type { ProxyWorld } from '../../envoy/configuration.ts'
import { meshWorldOf } from '../proxies/mesh-world.ts'
import { ourDetails } from './details.ts'
import { outcomeOf, type Said } from './reference.ts'

/** What the simulator says of each request of a world, in the reference's words. */
export function ours(of: ProxyWorld, requests: readonly RouteRequest[]): readonly Said[] {
  const world = meshWorldOf(of)
  return requests.map((request) => {
    const explained = explainRoute(world, request)
    const { outcome, decidedBy } = explained
    const by =
      decidedBy === null ? '' : `${plain(decidedBy.ref.kind)} ${decidedBy.ref.namespace ?? ''}/${decidedBy.ref.name}`
    return { outcome: toldOf(outcome, request), by, details: ourDetails(explained) }
  })
}

/** `http-route` of HTTPRoute, and of GRPCRoute: generated configuration does not tell them apart. */
const plain = (kind: string): string =>
  kind
    .replace(/^GRPC/u, 'HTTP')
    .replaceAll(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/gu, '-')
    .toLowerCase()

const toldOf = (outcome: RouteOutcome, request: RouteRequest): string =>
  told(outcome.kind === 'fault' ? outcome.otherwise : outcome, request)

function told(answer: RouteAnswer, { protocol }: RouteRequest): string {
  switch (answer.kind) {
    case 'routed':
      return outcomeOf(answer.destinations.map(({ cluster, weight }) => ({ name: cluster, weight })))
    case 'redirect':
      return `redirect ${answer.status} ${answer.location}`
    case 'direct':
      return `direct ${answer.status}`
    case 'passthrough':
    case 'blackhole':
      return answer.kind
    case 'no-route':
      // A client that begins TLS or speaks no HTTP gets no answer that it would read.
      return answer.status === undefined || protocol === 'tls' || protocol === 'tcp' ? 'closed' : 'no-route'
    case 'unknown':
      return `unknown ${answer.reason.code}`
  }
}
