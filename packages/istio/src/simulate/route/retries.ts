import type { Place, RoutePolicy } from '@orbweaver/contracts/explain'
import { isRecord, type Json, numberAt, textAt } from '@orbweaver/contracts/json'
import type { Asking } from './asking.ts'

/** What Istio does where nobody says anything of retries (core/route/retry/retry.go, DefaultPolicy; 1.31). */
const byDefault = {
  attempts: 2,
  retryOn: 'connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes',
}

/** A rule's own, else the mesh configuration's, else Istio's; less than one attempt is none. */
export function retriesOf({ world }: Pick<Asking, 'world'>, own: Json | undefined, by: Place | undefined): RoutePolicy {
  const said = isRecord(own) ? own : world.mesh.defaultRetries
  const place = isRecord(own) && by !== undefined ? by : null
  if (said === undefined) return { name: 'retries', value: { ...byDefault }, by: place }
  const attempts = numberAt(said, 'attempts') ?? 0
  if (attempts <= 0) return { name: 'retries', value: { attempts: 0 }, by: place }
  const retryOn = textAt(said, 'retryOn') ?? ''
  return {
    name: 'retries',
    value: { ...said, attempts, retryOn: retryOn === '' ? byDefault.retryOn : retryOn },
    by: place,
  }
}
