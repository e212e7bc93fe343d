import type { RouteExplanation, RouteRequest, TrailStep } from '@orbweaver/contracts/explain'
import type { Message } from '@orbweaver/contracts/message'
import type { MeshWorld } from '../../findings/world.ts'
import { kinds } from '../../world/kinds.ts'
import { type Asking, type Result, sayInto } from './asking.ts'
import { atGateway } from './at-gateway.ts'
import { fromSidecar } from './from-sidecar.ts'
import { proxyOf } from './proxy.ts'
import { reads } from './revisions.ts'
import { type Rule, virtualServices } from './rules.ts'
import { gatewayApiRules } from './gateway-api/routes.ts'

/**
 * What becomes of a request: the rule that decides, where it goes, the policies on the way, and why, step by step. As the
 * control plane would set up the first proxy on the way, and as that proxy then behaves (istio pilot/pkg/networking/core
 * and pilot/pkg/model, 1.31). Never throws.
 */
export function explainRoute(world: MeshWorld, request: RouteRequest): RouteExplanation {
  const trail: TrailStep[] = []
  const say = sayInto(trail)
  const unread = [kinds.service, kinds.virtualService].find((kind) => !world.config.has(kind))
  if (unread !== undefined) return unknown({ code: 'kind-unread', params: { kind: unread } }, trail)
  const proxy = proxyOf(world, request.from)
  if ('code' in proxy) return unknown(proxy, trail)
  const isRead = reads(world, proxy.revision)
  const rules = [...virtualServices(world, isRead), ...world.known(gatewayApiRules)].toSorted(oldestFirst)
  const asking: Asking = { world, request, proxy, isRead, rules, say }
  const place = { ref: proxy.ref, pointer: '' }
  say(`from-${proxy.kind}`, { name: proxy.ref.name, namespace: proxy.namespace, revision: proxy.revision }, place)
  if (proxy.seen === 'none' || proxy.seen === 'ambient') say(`proxy-${proxy.seen}`, { name: proxy.ref.name }, place)
  const result: Result = proxy.kind === 'router' ? atGateway(asking) : fromSidecar(asking)
  return { ...result, trail }
}

function oldestFirst(a: Rule, b: Rule): number {
  const [one, other] = [a, b].map(({ created, key, namespace }) => [created, key, namespace].join('\u0000'))
  return (one ?? '') < (other ?? '') ? -1 : 1
}

function unknown(reason: Message, trail: TrailStep[]): RouteExplanation {
  trail.push(reason)
  return { outcome: { kind: 'unknown', reason }, decidedBy: null, policies: [], trail }
}
