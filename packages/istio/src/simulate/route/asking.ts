import type { Place, RouteExplanation, RouteRequest, TrailStep } from '@orbweaver/contracts/explain'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Params } from '@orbweaver/contracts/message'
import type { MeshWorld } from '../../findings/world.ts'
import type { Proxy } from './proxy.ts'
import type { Rule } from './rules.ts'
import type { WaypointScope } from './waypoint-scope.ts'

/** One question on its way: what is known, and what has been said so far. */
export type Asking = {
  world: MeshWorld
  request: RouteRequest
  proxy: Proxy
  /** Whether the proxy's control plane reads an object. */
  isRead: (object: KubernetesObject) => boolean
  /** VirtualServices, and what routes of the Gateway API are turned into; oldest first. */
  rules: readonly Rule[]
  /** Of a waypoint alone. */
  scope?: WaypointScope
  say(code: string, params?: Params, place?: Place): void
}

/** What it comes to, but for the trail. */
export type Result = Omit<RouteExplanation, 'trail'>

export function sayInto(trail: TrailStep[]): Asking['say'] {
  return (code, params = {}, place) => {
    trail.push({ code, params, ...(place !== undefined && { ref: place.ref, pointer: place.pointer }) })
  }
}
