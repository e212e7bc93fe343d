import { access } from './access.ts'
import { clusters } from './clusters.ts'
import { events } from './events.ts'
import { history } from './history.ts'
import { meshes } from './meshes.ts'
import { metrics } from './metrics.ts'
import { objects } from './objects.ts'
import { security } from './security.ts'
import { sidecars } from './sidecars.ts'
import { traffic } from './traffic.ts'

/** Everything that crosses between console and BFF. Served below /api/v1. */
export const contract = { access, clusters, meshes, sidecars, traffic, security, metrics, objects, history, events }
export type Contract = typeof contract
