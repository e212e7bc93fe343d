import type { RouteAnswer, RouteOutcome, RouteRequest } from '@orbweaver/contracts/explain'
import { isRecord } from '@orbweaver/contracts/json'
import { meshParts } from '@orbweaver/istio/findings/world'
import { explainRoute } from '@orbweaver/istio/simulate/route/explain'
import { worldOf } from '@orbweaver/istio/simulate/world'
import { kinds } from '@orbweaver/istio/world/kinds'
import { clusterView } from '@orbweaver/istio/world/view'
import { parse } from 'yaml'
import type { ProxyWorld } from '../../envoy/configuration.ts'
import { outcomeOf, type Said } from './reference.ts'

/** What the simulator says of each request of a world, in the reference's words. */
export function ours(of: ProxyWorld, requests: readonly RouteRequest[]): readonly Said[] {
  const settings: unknown = of.meshConfig === '' ? {} : parse(of.meshConfig)
  const view = clusterView('default', of.objects, Object.values(kinds))
  const config = isRecord(settings) ? settings : {}
  const parts = meshParts({ config: view, clusters: [view], settings: { config, istioNamespace: 'istio-system' } })
  const world = worldOf(parts)
  return requests.map((request) => {
    const { outcome, decidedBy } = explainRoute(world, request)
    const by =
      decidedBy === null ? '' : `${plain(decidedBy.ref.kind)} ${decidedBy.ref.namespace ?? ''}/${decidedBy.ref.name}`
    return { outcome: toldOf(outcome, request), by }
  })
}

const plain = (kind: string): string => kind.replaceAll(/(?<=[a-z])(?=[A-Z])/gu, '-').toLowerCase()

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
