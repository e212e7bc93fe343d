import type { Ground, Scene } from './scene.ts'

/** What several checks of a run use together. */
export type Shared<T> = (scene: Pick<Scene, 'ground'>) => Promise<T>

/** Made once in a run, when somebody first asks for it; its objects at the cluster scope go when the run ends. */
export function shared<T>(make: (ground: Ground) => Promise<T>): Shared<T> {
  const made = new WeakMap<Ground, Promise<T>>()
  return ({ ground }) => {
    const known = made.get(ground)
    if (known !== undefined) return known
    // What is missing here is no difference of the check that needs it.
    const begun = make(ground).catch((cause: unknown) => {
      throw new Error('what checks share could not be made', { cause })
    })
    made.set(ground, begun)
    return begun
  }
}
