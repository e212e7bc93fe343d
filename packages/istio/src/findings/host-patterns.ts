import { wildcardsOver } from '../world/hosts.ts'
import type { KindKey } from '../world/kinds.ts'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { defineIndex, type Index } from './index-of.ts'
import { type Wildcards, wildcardsIn } from './wildcards.ts'
import type { MeshWorld } from './world.ts'

/** Something that is said of a host or wildcard. */
type Said = { host: string }

type Definition<Entry extends Said> = {
  name: string
  kinds: readonly KindKey[]
  entries: (object: KubernetesObject) => readonly Entry[]
}

/** An index of what is said of hosts, by the host itself and by every wildcard that covers it. */
export type PatternIndex<Entry> = Index<Entry> & { readonly wildcards: Wildcards }

export function definePatternIndex<Entry extends Said>({
  name,
  kinds,
  entries,
}: Definition<Entry>): PatternIndex<Entry> {
  const index: Index<Entry> = defineIndex({
    name,
    kinds,
    entries: (object) =>
      entries(object).flatMap((entry): [string, Entry][] => [
        [keyOf(entry.host), entry],
        ...wildcardsOver(entry.host).map((each): [string, Entry] => [`under ${each}`, entry]),
      ]),
  })
  return { ...index, wildcards: wildcardsIn(index, keyOf) }
}

function keyOf(host: string): string {
  return `is ${host}`
}

/** What is said of exactly this host or wildcard. */
export function saidOf<Entry extends Said>(world: MeshWorld, index: Index<Entry>, host: string): readonly Entry[] {
  return world.look(index, keyOf(host))
}

/** What is said of this host, or of another one where one of the two covers the other (istio pkg/config/host, Matches). */
export function saidAbout<Entry extends Said>(
  world: MeshWorld,
  index: PatternIndex<Entry>,
  host: string,
): readonly Entry[] {
  const narrower = host.startsWith('*') ? world.look(index, `under ${host}`) : saidOf(world, index, host)
  const wider = index.wildcards(world, host).filter((each) => each !== host)
  return wider.length === 0 ? narrower : [...narrower, ...wider.flatMap((each) => saidOf(world, index, each))]
}
