import type { Candidate } from '@orbweaver/contracts/candidate'
import type { Capacity } from '@orbweaver/contracts/capacity'
import type { Check } from '@orbweaver/contracts/clusters'
import { listAt, textAt } from '@orbweaver/contracts/json'
import type { Message } from '@orbweaver/contracts/message'
import { againstVersion, recommendedVersion } from '@orbweaver/istio/preflight/kubernetes-version'
import type { Kind } from './draft.ts'
import type { MeshValues } from './values.ts'

export type ClusterChoice = {
  name: string
  displayName?: string | undefined
  network?: string | undefined
  kubernetesVersion?: string | undefined
  capacity?: Capacity | undefined
  versions: string[]
  istio: Candidate[]
  /** Whether there are others that the viewer may not know of. */
  istioHidden?: boolean | undefined
  unavailable?: Message | undefined
  lacks?: Check | undefined
}

export function foundKey({ namespace, revision }: Pick<Candidate, 'namespace' | 'revision'>): string {
  return `${namespace}/${revision}`
}

/** Control planes nobody governs yet, and whose istiod is here: rules are read where it runs. */
export function adoptable(choice: ClusterChoice | undefined): Candidate[] {
  return choice?.istio.filter((each) => each.mesh === undefined && each.remote !== true) ?? []
}

/** What an external mesh may govern instead of what it names: revisions beside it. Its namespace stays (deploy/crds/meshes.yaml). */
export function governable(choice: ClusterChoice | undefined, { mesh, found }: Governed): Candidate[] {
  const [namespace] = found.split('/')
  const isFree = (each: Candidate) => each.mesh === undefined || each.mesh === mesh
  return choice?.istio.filter((each) => each.namespace === namespace && each.remote !== true && isFree(each)) ?? []
}

type Governed = { mesh: string; found: string }

/** The clusters that a draft names, that of its control plane first, as far as they are known. */
export function clustersIn(choices: readonly ClusterChoice[] | undefined, spec: unknown): ClusterChoice[] {
  const named = [
    textAt(spec, 'controlPlane', 'cluster'),
    ...listAt(spec, 'members').map((each) => textAt(each, 'cluster')),
  ]
  return [...new Set(named)].flatMap((name) => choices?.find((each) => each.name === name) ?? [])
}

export type VersionChoice = {
  version: string
  recommended: boolean
  /** What the Kubernetes of one of the clusters has against it. */
  against: Message | undefined
  forbidden: boolean
}

/** Versions that can be installed where the control plane goes, with what the Kubernetes of each cluster named says of them. */
export function versionChoices(clusters: readonly ClusterChoice[]): VersionChoice[] {
  const versions = clusters[0]?.versions ?? []
  const told = clusters.map(kubernetesOf)
  const recommended = recommendedVersion(versions, told)
  return versions.map((version) => {
    const found = againstVersion(version, told)
    return {
      version,
      recommended: version === recommended,
      against: found && { code: `check.${found.id}`, params: found.params },
      forbidden: found?.severity === 'blocking',
    }
  })
}

function kubernetesOf({ name, kubernetesVersion }: ClusterChoice) {
  return { cluster: name, kubernetesVersion }
}

/** Why the Kubernetes of a cluster forbids a version. */
export function forbids(choice: ClusterChoice, version: string): Message | undefined {
  const found = againstVersion(version, [kubernetesOf(choice)])
  return found?.severity === 'blocking' ? { code: `check.${found.id}`, params: found.params } : undefined
}

/**
 * What follows from choosing a cluster, the first of those that a draft names: the only control plane that can be adopted,
 * or the version that suits all of them.
 */
export function consequences(
  kind: Kind,
  clusters: readonly ClusterChoice[],
  values: Pick<MeshValues, 'version' | 'found'>,
): Partial<MeshValues> {
  const [choice] = clusters
  if (choice === undefined) return {}
  return kind === 'External'
    ? { found: foundAfter(choice, values.found) }
    : { version: versionAfter(versionChoices(clusters), values.version) }
}

function foundAfter(choice: ClusterChoice, before: string): string {
  const keys = adoptable(choice).map(foundKey)
  const [only = ''] = keys.length === 1 ? keys : []
  return keys.includes(before) ? before : only
}

/** Where none suits it is the newest all the same: the preflight then says why not, and what to do about it. */
function versionAfter(offered: readonly VersionChoice[], before: string): string {
  const isKept = offered.some(({ version, forbidden }) => version === before && !forbidden)
  if (isKept) return before
  return (offered.find(({ recommended }) => recommended) ?? offered[0])?.version ?? ''
}

/** What speaks against a cluster, as far as it is known before a mesh is meant. */
export function against({ unavailable, lacks }: ClusterChoice): Message | undefined {
  return unavailable ?? (lacks === undefined ? undefined : { code: `check.${lacks.id}`, params: lacks.params })
}

/** Those that nothing speaks against come first, each part by name. */
export function inOrder(choices: readonly ClusterChoice[]): ClusterChoice[] {
  const held = (choice: ClusterChoice) => Number(against(choice) !== undefined)
  return choices.toSorted((a, b) => held(a) - held(b) || a.name.localeCompare(b.name, 'en'))
}
