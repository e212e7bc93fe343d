import { demoWorld } from './demo.ts'
import { emptyWorld } from './empty.ts'
import { largeWorld } from './large.ts'
import type { World } from './world.ts'

const WORLDS: Record<string, () => Promise<World>> = {
  demo: demoWorld,
  large: largeWorld,
  empty: () => Promise.resolve(emptyWorld()),
}

/** Throws an Error fit for one line when there is no such world. */
export function namedWorld(name: string): Promise<World> {
  const make = WORLDS[name]
  if (make === undefined) throw new Error(`there is no world ${name}: ${Object.keys(WORLDS).join(', ')}`)
  return make()
}
