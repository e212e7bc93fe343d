import type { Judge } from '../finding.ts'
import { meshRoute } from './mesh-route.ts'
import { policies } from './policies.ts'
import { sidecarToo } from './sidecar-too.ts'
import { unusedWaypoint } from './unused-waypoint.ts'
import { useWaypoint } from './use-waypoint.ts'

export const ambientJudges: readonly Judge[] = [useWaypoint, unusedWaypoint, sidecarToo, meshRoute, policies]
