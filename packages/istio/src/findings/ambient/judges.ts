import type { Judge } from '../finding.ts'
import { canaryWaypoint } from './canary-waypoint.ts'
import { meshRoute } from './mesh-route.ts'
import { policies } from './policies.ts'
import { sidecarToo } from './sidecar-too.ts'
import { targetWaypoint } from './target-waypoint.ts'
import { unusedWaypoint } from './unused-waypoint.ts'
import { useWaypoint } from './use-waypoint.ts'

export const ambientJudges: readonly Judge[] = [
  useWaypoint,
  canaryWaypoint,
  unusedWaypoint,
  sidecarToo,
  meshRoute,
  policies,
  targetWaypoint,
]
