import type { Entry } from './collection.ts'

/** One write to one object. */
export type Change = {
  type: 'ADDED' | 'MODIFIED' | 'DELETED'
  /** The object after the change; for DELETED its last state with the revision of the deletion. */
  entry: Entry
  before: Entry | undefined
  revision: number
}
