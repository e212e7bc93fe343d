/**
 * Answers kept for a while: asked once however many ask at the same time, forgotten after `ttlMs` or when more than
 * `max` are kept. A load that fails is not kept, so that a moment's trouble is not an answer (T-04).
 */
export type TtlCache<Value> = {
  get(key: string, load: () => Promise<Value>): Promise<Value>
  forget(key: string): void
}

export function createTtlCache<Value>({ ttlMs, max, now = Date.now }: CacheBounds): TtlCache<Value> {
  const entries = new Map<string, { value: Promise<Value>; until: number }>()
  return {
    get(key, load) {
      const found = entries.get(key)
      if (found !== undefined && found.until > now()) return found.value
      entries.delete(key)
      const entry = { value: load(), until: now() + ttlMs }
      entries.set(key, entry)
      entry.value.catch(() => {
        if (entries.get(key) === entry) entries.delete(key)
      })
      const oldest = entries.keys().next().value
      if (entries.size > max && oldest !== undefined) entries.delete(oldest)
      return entry.value
    },
    forget: (key) => void entries.delete(key),
  }
}

export type CacheBounds = { ttlMs: number; max: number; now?: () => number }
