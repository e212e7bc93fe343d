import type { Fleet, ViewerDoor } from '../../kube/doors.ts'

/** Who asks, and what there is to ask of. */
export type Asking = { fleet: Fleet; viewer: ViewerDoor }
