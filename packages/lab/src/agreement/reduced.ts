import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

/** A difference that was found in a world. */
type Found = { readonly world: { readonly objects: readonly KubernetesObject[] } }

/**
 * The difference in a world in which no object can be left out. `still` is told lists of fewer objects, and the smallest
 * difference so far, and says with which of them the difference is still there.
 */
export async function reduced<Of extends Found>(
  of: Of,
  still: (fewer: readonly (readonly KubernetesObject[])[], best: Of) => Promise<Of | undefined>,
): Promise<Of> {
  let best = of
  let size = Math.ceil(of.world.objects.length / 2)
  while (size >= 1) {
    const found = await still(withoutSome(best.world.objects, size), best)
    if (found !== undefined) best = found
    else size = Math.floor(size / 2)
    size = Math.min(size, best.world.objects.length)
  }
  return best
}

/** The objects without each run of so many. */
function withoutSome(objects: readonly KubernetesObject[], size: number): KubernetesObject[][] {
  const fewer: KubernetesObject[][] = []
  for (let from = 0; from < objects.length; from += size) {
    fewer.push(objects.filter((_, index) => index < from || index >= from + size))
  }
  return fewer
}
