import type { Candidate } from '@orbweaver/contracts/candidate'
import type { Check } from '@orbweaver/contracts/clusters'
import type { Message } from '@orbweaver/contracts/message'
import type { Kind } from './draft.ts'
import type { MeshValues } from './values.ts'

export type ClusterChoice = {
  name: string
  displayName?: string | undefined
  network?: string | undefined
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

/** The newest release; candidates are for those who look for them. Versions come newest first. */
export function preferredVersion(versions: readonly string[]): string | undefined {
  return versions.find((each) => !each.includes('-')) ?? versions[0]
}

/** What follows from choosing a cluster: the only control plane that can be adopted, or the newest version to install. */
export function consequences(
  kind: Kind,
  choice: ClusterChoice | undefined,
  values: Pick<MeshValues, 'version' | 'found'>,
): Partial<MeshValues> {
  if (choice === undefined) return {}
  return kind === 'External'
    ? { found: foundAfter(choice, values.found) }
    : { version: versionAfter(choice, values.version) }
}

function foundAfter(choice: ClusterChoice, before: string): string {
  const keys = adoptable(choice).map(foundKey)
  const [only = ''] = keys.length === 1 ? keys : []
  return keys.includes(before) ? before : only
}

function versionAfter({ versions }: ClusterChoice, before: string): string {
  return versions.includes(before) ? before : (preferredVersion(versions) ?? '')
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
