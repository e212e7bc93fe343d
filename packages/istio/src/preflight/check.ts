import type { Check } from '@orbweaver/contracts/clusters'
import type { KubernetesObject, ObjectRef } from '@orbweaver/contracts/kubernetes'
import type { Mesh } from '../meshes/mesh.ts'
import type { ClusterView } from '../world/view.ts'

/** One thing that was looked at. Its id is `topic.outcome`, one sentence each (text.en.ts). */
export type PreflightCheck = Check & { evidence: ObjectRef[] }

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
  permissions: readonly { permission: Permission; allowed: boolean }[] | undefined
  /** The CRD istios.sailoperator.io with its schema; null when there is none, undefined when not asked. */
  istioCrd: KubernetesObject | null | undefined
  network: string | undefined
  /** As other clusters' istiods see this API server, and whether a person stated it. */
  server: string
  serverStated: boolean
}

export type Permission = { verb: string; group: string; resource: string }

export type PreflightInput = {
  mesh: Mesh
  /** True while the mesh does not exist yet: then its name must be free. */
  creating: boolean
  facts: ReadonlyMap<string, ClusterFacts>
  /** Why there are no facts of a cluster that is registered, or may be; left out where it is not. */
  unmet: ReadonlyMap<string, string>
  /** Every Mesh of the hub, this one too when it exists. */
  meshes: readonly Mesh[]
}

type Extras = { params?: Check['params']; evidence?: ObjectRef[]; fix?: NonNullable<Check['fix']> }

export function check(
  id: string,
  severity: Check['severity'],
  extras: Extras & { cluster?: string } = {},
): PreflightCheck {
  const { params = {}, evidence = [], fix, cluster } = extras
  return {
    id,
    severity,
    params: cluster === undefined ? params : { cluster, ...params },
    evidence,
    ...(cluster === undefined ? {} : { cluster }),
    ...(fix === undefined ? {} : { fix }),
  }
}

export function fix(code: string, ...commands: string[]): NonNullable<Check['fix']> {
  return { code, commands }
}
