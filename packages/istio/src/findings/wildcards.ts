import { wildcardsOver } from '../world/hosts.ts'
import type { Index } from './index-of.ts'
import { type MeshWorld, nameFact } from './world.ts'

/** The wildcards over a name, the most specific first. */
export type Wildcards = (world: MeshWorld, name: string) => readonly string[]

/**
 * Those that an index has anything under, by the key that it has for a wildcard: what is over a domain is over all names
 * in it, so it is looked for once a domain.
 */
export function wildcardsIn<Entry>(index: Index<Entry>, keyOf = (wildcard: string) => wildcard): Wildcards {
  const isThere = (world: MeshWorld, wildcard: string) => world.look(index, keyOf(wildcard)).length > 0
  const overDomain = nameFact<readonly string[]>(`wildcards of ${index.name}`, (world, domain) =>
    wildcardsOver(`*.${domain}`).filter((each) => isThere(world, each)),
  )
  return (world, name) => {
    const dot = name.indexOf('.')
    if (name.startsWith('*') || dot < 0) return wildcardsOver(name).filter((each) => isThere(world, each))
    return world.knownOf(overDomain, name.slice(dot + 1), '')
  }
}
