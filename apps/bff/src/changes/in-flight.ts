/** Maps in order with at most `width` calls under way at once. The first rejection rejects the whole. */
export async function inFlight<From, To>(
  items: readonly From[],
  width: number,
  map: (item: From, index: number) => Promise<To>,
): Promise<To[]> {
  const out = new Map<number, To>()
  const queue = items.entries()
  const worker = async () => {
    for (const [index, item] of queue) out.set(index, await map(item, index))
  }
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker))
  return [...out.entries()].sort(([a], [b]) => a - b).map(([, value]) => value)
}
