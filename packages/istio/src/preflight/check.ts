import type { Check, CheckEvidence } from '@orbweaver/contracts/clusters'
import { type KubernetesObject, type ObjectRef, refOf } from '@orbweaver/contracts/kubernetes'
import type { SyncState } from '@orbweaver/contracts/member-sync'
import type { Mesh } from '../meshes/mesh.ts'
import type { KindKey } from '../world/kinds.ts'
import type { ClusterView } from '../world/view.ts'

/** What a sentence tells of: one object, or how many of a kind there are and what they say, everywhere or in a namespace. */
export type Ground = ObjectRef | { cluster: string; all: KindKey; namespace?: string }

/**
 * One thing that was looked at. Its id is `topic.outcome`, one sentence each (text.en.ts). Its sentence is for those who
 * may know of all its grounds; of its evidence everybody is shown what they may know of.
 */
export type PreflightCheck = Check & { evidence: CheckEvidence[]; grounds: Ground[] }

/** A root of trust as ConfigMap `istio-ca-root-cert` has it: all of it is public. */
export type RootFact = {
  from: ObjectRef
  /** SHA-256 of each certificate, hexadecimal; none where they cannot be read. */
  fingerprints: readonly string[]
  /** Of the last to end, ISO 8601; undefined where it cannot be read. */
  notAfter: string | undefined
}

/** What was read of one cluster before anything is written. What could not be asked is left undefined. */
export type ClusterFacts = {
  cluster: string
  /** Why the API server could not be asked; undefined when it answered. */
  unreachable: string | undefined
  /** Undefined where it was not read through yet: then absence means nothing. */
  view: ClusterView | undefined
  /** `gitVersion` of GET /version. */
  kubernetesVersion: string | undefined
  /** The API server's clock minus ours, from its Date header. */
  clockSkewSeconds: number | undefined
  /** Answers to `neededPermissions`. */
  permissions: readonly PermissionAnswer[] | undefined
  /** The CRD istios.sailoperator.io with its schema; null when there is none, undefined when not asked. */
  istioCrd: KubernetesObject | null | undefined
  /** Roots of trust in the control-plane namespace and in those of other control planes there. */
  roots: readonly RootFact[] | undefined
  /** ResourceQuotas and LimitRanges of the control-plane namespace. */
  limits: readonly KubernetesObject[] | undefined
  network: string | undefined
  /** As other clusters' istiods see this API server, and whether a person stated it. */
  server: string
  serverStated: boolean
}

export type Permission = { verb: string; group: string; resource: string }

/** `lacking`: whose refusal it is, where a person was asked about besides the console's own account. */
type PermissionAnswer = { permission: Permission; allowed: boolean; lacking?: readonly Lacking[] }
export type Lacking = 'person' | 'console'

export type PreflightInput = {
  mesh: Mesh
  /** True while the mesh does not exist yet: then its name must be free. */
  creating: boolean
  facts: ReadonlyMap<string, ClusterFacts>
  /** Why there are no facts of a cluster that is registered, or may be; left out where it is not. */
  unmet: ReadonlyMap<string, string>
  /** Every Mesh of the hub, this one too when it exists. */
  meshes: readonly Mesh[]
  /** Members that istiod told of, as it told last, to those who may know. */
  syncs: ReadonlyMap<string, SyncState>
  /** Fingerprints of the roots that a mesh which is made is to begin with; undefined where istiod makes its own. */
  begins?: readonly string[] | undefined
  now: Date
}

type Extras = {
  params?: Check['params']
  evidence?: CheckEvidence[]
  grounds?: Ground[]
  fix?: NonNullable<Check['fix']>
}

export function check(
  id: string,
  severity: Check['severity'],
  extras: Extras & { cluster?: string } = {},
): PreflightCheck {
  const { params = {}, evidence = [], grounds = [], fix, cluster } = extras
  return {
    id,
    severity,
    params: cluster === undefined ? params : { cluster, ...params },
    evidence,
    grounds,
    ...(cluster === undefined ? {} : { cluster }),
    ...(fix === undefined ? {} : { fix }),
  }
}

export function fix(code: string, ...commands: string[]): NonNullable<Check['fix']> {
  return { code, commands }
}

/** An object that was looked at, with what was read there, as it is written there. */
export function seen(cluster: string, object: KubernetesObject, value?: string): CheckEvidence {
  return { ref: refOf(cluster, object), ...(value === undefined ? {} : { value }) }
}

/** Everything of some kinds: for sentences that count. */
export function all({ cluster }: { cluster: string }, ...kinds: KindKey[]): Ground[] {
  return kinds.map((kind) => ({ cluster, all: kind }))
}

/** How much evidence is shown: enough to look at, not a list of everything. */
export const mostShown = 10

/** What a check is about, whatever it found: that is what is asked again. */
export function topicOf({ id }: Pick<Check, 'id'>): string {
  return id.slice(0, id.indexOf('.'))
}
