import type { Change } from '../store/change.ts'

/** Looks at one change at a time, after it was stored; what it writes comes around as further changes. */
export type Controller = (resource: string, change: Change) => void
