import type { RouteExplanation, RouteRequest, TrailStep } from '@orbweaver/contracts/explain'
import type { Message } from '@orbweaver/contracts/message'
import type { MeshWorld } from '../../findings/world.ts'
import { kinds } from '../../world/kinds.ts'
import { type Asking, type Result, sayInto } from './asking.ts'
import { atGateway } from './at-gateway.ts'
import { fromSidecar } from './from-sidecar.ts'
import { type Proxy, proxyOf } from './proxy.ts'
import { reads } from './revisions.ts'
import { allRules } from './all-rules.ts'
import { fromZtunnel } from './from-ztunnel.ts'
import { toWaypoint } from './at-waypoint.ts'

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
  const asking: Asking = { world, request, proxy, isRead, rules: allRules(world, isRead), say }
  const place = { ref: proxy.ref, pointer: '' }
  say(`from-${proxy.kind}`, { name: proxy.ref.name, namespace: proxy.namespace, revision: proxy.revision }, place)
  if (proxy.seen === 'none') say('proxy-none', { name: proxy.ref.name }, place)
  return { ...byProxy[proxy.kind](asking), trail }
}

const byProxy: Readonly<Record<Proxy['kind'], (asking: Asking) => Result>> = {
  sidecar: fromSidecar,
  router: atGateway,
  ztunnel: fromZtunnel,
  waypoint: toWaypoint,
}

function unknown(reason: Message, trail: TrailStep[]): RouteExplanation {
  trail.push(reason)
  return { outcome: { kind: 'unknown', reason }, decidedBy: null, policies: [], trail }
}
