/**
 * Answers to questions: asked once however many ask at the same time, taken for true for `ttlMs`. In the last third of
 * that time whoever asks is answered at once, and the question is asked again behind them: who looks all the time never
 * waits. The last answer is kept beyond its time with its age, for when nobody can be asked; the least used go first
 * when there are more than `max`.
 */
export type Answers<Value> = {
  /** A load that fails is no answer: the next one asks again (T-04). */
  get(key: string, load: () => Promise<Value>): Promise<Value>
  /** The last answer and when it was given (ms since 1970). */
  last(key: string): { value: Value; at: number } | undefined
  forget(key: string): void
  forgetAll(): void
}

type Entry<Value> = {
  /** Under way, or not older than `ttlMs`. */
  current?: { value: Promise<Value>; until: number } | undefined
  renewing?: boolean
  last?: { value: Value; at: number }
}

export type AnswersOptions = { ttlMs: number; max: number; now?: () => number }

export function createAnswers<Value>({ ttlMs, max, now = Date.now }: AnswersOptions): Answers<Value> {
  const entries = new Map<string, Entry<Value>>()
  /** The map's order is the order of use. */
  const used = (key: string): Entry<Value> => {
    const entry = entries.get(key) ?? {}
    entries.delete(key)
    entries.set(key, entry)
    const oldest = entries.keys().next().value
    if (entries.size > max && oldest !== undefined) entries.delete(oldest)
    return entry
  }
  const asked = (load: () => Promise<Value>) => ({ value: load(), until: now() + ttlMs })
  const renew = (entry: Entry<Value>, load: () => Promise<Value>) => {
    entry.renewing = true
    const next = asked(load)
    next.value.then(
      (value) => {
        entry.renewing = false
        entry.current = next
        entry.last = { value, at: now() }
      },
      // Who asks when the present answer's time is over is told why there is no other.
      () => {
        entry.renewing = false
      },
    )
  }
  return {
    get(key, load) {
      const entry = used(key)
      const left = (entry.current?.until ?? 0) - now()
      if (entry.current !== undefined && left > 0) {
        if (left < ttlMs / 3 && entry.renewing !== true) renew(entry, load)
        return entry.current.value
      }
      const current = asked(load)
      entry.current = current
      current.value.then(
        (value) => {
          entry.last = { value, at: now() }
        },
        () => {
          if (entry.current === current) entry.current = undefined
          if (entry.last === undefined && entries.get(key) === entry) entries.delete(key)
        },
      )
      return current.value
    },
    last: (key) => entries.get(key)?.last,
    forget: (key) => void entries.delete(key),
    forgetAll: () => entries.clear(),
  }
}
