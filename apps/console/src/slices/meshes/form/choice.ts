import type { Check, FoundIstio } from '@orbweaver/contracts/clusters'
import type { Message } from '@orbweaver/contracts/message'
import type { MeshValues } from './values.ts'

export type ClusterChoice = {
  name: string
  displayName?: string | undefined
  network?: string | undefined
  versions: string[]
  istio: FoundIstio[]
  unavailable?: Message | undefined
  lacks?: Check | undefined
}

export function foundKey({ namespace, revision }: Pick<FoundIstio, 'namespace' | 'revision'>): string {
  return `${namespace}/${revision}`
}

/** Control planes nobody governs yet. */
export function adoptable(choice: ClusterChoice | undefined): FoundIstio[] {
  return choice?.istio.filter((each) => each.mesh === undefined) ?? []
}

/** The newest release; candidates are for those who look for them. Versions come newest first. */
export function preferredVersion(versions: readonly string[]): string | undefined {
  return versions.find((each) => !each.includes('-')) ?? versions[0]
}

/** What follows from choosing a cluster: its newest version, or the only control plane that can be adopted. */
export function consequences(choice: ClusterChoice | undefined, values: MeshValues): Partial<MeshValues> {
  if (choice === undefined) return {}
  const newest = preferredVersion(choice.versions) ?? ''
  const found = adoptable(choice)
  const [first] = found
  const only = found.length === 1 && first !== undefined ? foundKey(first) : ''
  const keepsVersion = choice.versions.includes(values.version)
  const keepsFound = found.some((each) => foundKey(each) === values.found)
  return {
    ...(keepsVersion || newest === values.version ? {} : { version: newest }),
    ...(keepsFound || only === values.found ? {} : { found: only }),
  }
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
