import { createLooking } from '../findings/looking.ts'
import { createStore } from '../findings/store.ts'
import { watchedWorld } from '../findings/watched-world.ts'
import type { MeshWorld, MeshWorldParts } from '../findings/world.ts'

/** A world to ask questions of, as it is now: what is worked out once is kept for the next question. */
export function worldOf(parts: MeshWorldParts): MeshWorld {
  const clusters = [parts.config, ...parts.clusters.filter((each) => each !== parts.config)]
  return watchedWorld({ ...parts, clusters }, createStore(clusters), createLooking())
}
