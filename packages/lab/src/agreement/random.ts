/** Chance that repeats itself: the same seed, the same choices. */
export type Random = {
  /** From 0 up to, and without, this. */
  below(count: number): number
  chance(of: number): boolean
  pick<Value>(from: readonly [Value, ...Value[]]): Value
  /** One of a list that may be empty. */
  any<Value>(from: readonly Value[]): Value | undefined
}

/** Mulberry32. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (count: number) => Math.floor(next() * count)
  return {
    below,
    chance: (of) => next() < of,
    pick: (from) => from[below(from.length)] ?? from[0],
    any: (from) => from[below(from.length)],
  }
}
