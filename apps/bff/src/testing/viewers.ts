import { type ObjectRef, refKey } from '@orbweaver/contracts/kubernetes'
import type { ViewerDoor } from '../kube/doors.ts'

/** Somebody who may know of the objects that `sees` says, and may do nothing. */
export function stillViewer(user: string, sees: (ref: ObjectRef) => boolean): ViewerDoor {
  return {
    identity: { user, groups: [] },
    list: () => Promise.resolve([]),
    get: () => Promise.resolve(undefined),
    sees: (ref) => Promise.resolve(sees(ref)),
    seesNamespace: () => Promise.resolve(false),
    seesWhich: (refs) => Promise.resolve(new Set(refs.filter(sees).map(refKey))),
    lists: () => Promise.resolve(false),
    may: () => Promise.resolve(false),
    truths: () => [],
  }
}
