import { createPool } from '@orbweaver/kube/pool'

/** Maps in order with at most `width` calls under way at once. The first rejection rejects the whole. */
export function inFlight<From, To>(
  items: readonly From[],
  width: number,
  map: (item: From, index: number) => Promise<To>,
): Promise<To[]> {
  const pool = createPool(width)
  return Promise.all(items.map((item, index) => pool(() => map(item, index))))
}
