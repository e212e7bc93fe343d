import { type Clock, timestampOf } from '../clock.ts'
import type { Admission } from './admission/admission.ts'
import type { ImpersonationMemory } from './authn/impersonate.ts'
import type { Tokens } from './authn/tokens.ts'
import type { Authorizer } from './authz/authorizer.ts'
import type { AuditEvent } from './audit.ts'
import type { Faults } from './faults.ts'
import type { Registry } from './registry.ts'
import type { PodLog, PodRoute } from './pod-route.ts'
import type { ObjectStore } from './store/store.ts'
import type { WatchHub } from './watch-hub.ts'

/** Everything the handlers of one server share. */
export type Cluster = {
  name: string
  /** gitVersion, e.g. v1.36.3 */
  version: string
  clock: () => Date
  after: Clock['after']
  /** A fresh UUID; a fixed sequence when the server was given a seed. */
  uid: () => string
  /** Random lower-case characters for generateName. */
  suffix: () => string
  /** Milliseconds between bookmarks of a watch; a minute unless a test wants them sooner. */
  bookmarkMs: number
  /** PEM of the cluster's CA, for token Secrets and kube-root-ca.crt. */
  ca: string
  store: ObjectStore
  registry: Registry
  hub: WatchHub
  tokens: Tokens
  authorizer: Authorizer
  impersonations: ImpersonationMemory
  admission: Admission
  faults: Faults
  /** Who listens at a port of a Pod. */
  pods: PodRoute
  /** What containers have written. */
  logs: PodLog
  /** Told of every request that came through its door and was answered by a handler. */
  audit: ((event: AuditEvent) => void) | undefined
}

/** The time of a cluster as it writes it. */
export function timestamp(cluster: { clock: () => Date }): string {
  return timestampOf({ now: cluster.clock })
}
