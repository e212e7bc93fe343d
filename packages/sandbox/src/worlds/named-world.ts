import { brokenWorld } from './broken.ts'
import { demoWorld } from './demo.ts'
import { emptyWorld } from './empty.ts'
import { firstLightWorld } from './first-light.ts'
import { largeWorld } from './large.ts'
import type { World } from './world.ts'

type Named = { make: () => Promise<World>; what: string }

const WORLDS: Record<string, Named> = {
  demo: { make: demoWorld, what: 'a fleet in use: six clusters in three clouds, three meshes (default)' },
  'first-light': { make: firstLightWorld, what: 'a hub and four members with applications, before the first mesh' },
  broken: {
    make: () => Promise.resolve(brokenWorld()),
    what: 'sixteen clusters and twelve meshes, each with something wrong',
  },
  large: { make: largeWorld, what: '1,000 namespaces and 10,000 Pods in four clusters' },
  empty: { make: () => Promise.resolve(emptyWorld()), what: 'a hub and four empty members' },
}

/** Throws an Error fit for one line when there is no such world. */
export function namedWorld(name: string): Promise<World> {
  const world = WORLDS[name]
  if (world === undefined) throw new Error(`there is no world ${name}: ${Object.keys(WORLDS).join(', ')}`)
  return world.make()
}

/** A line a world, all but the first behind the indent. */
export function describeWorlds(indent: string): string {
  return Object.entries(WORLDS)
    .map(([name, { what }]) => `${name}: ${what}`)
    .join(`\n${indent}`)
}
