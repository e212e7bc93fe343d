import { chance } from './hash.ts'

const dayMs = 86_400_000

/** Waves that load is made of: how much they move it, and how long one takes. */
const waves = [
  { height: 0.45, lengthMs: dayMs },
  { height: 0.12, lengthMs: 47 * 60_000 },
  { height: 0.05, lengthMs: 7 * 60_000 },
] as const

/** Load that comes and goes with the day. */
export type Tide = {
  /** How many times the mean it is. */
  height: (at: number) => number
  /** Seconds of mean load until a time in milliseconds, counted from some time that is always the same. */
  until: (at: number) => number
}

/** High in the afternoon (UTC), an hour or two sooner or later by its name. */
export function tideOf(name: string): Tide {
  const moved = waves.map(({ height, lengthMs }, index) => {
    const early = index === 0 ? 9 / 24 + 0.1 * (chance(name) - 0.5) : chance(`${name} ${index}`)
    return { height, lengthMs, shift: early * 2 * Math.PI }
  })
  const until = (at: number): number =>
    moved.reduce((sum, { height, lengthMs, shift }) => {
      const turn = (2 * Math.PI) / lengthMs
      return sum - (height / turn) * Math.cos(at * turn - shift)
    }, at) / 1_000
  return {
    height: (at) =>
      moved.reduce(
        (sum, { height, lengthMs, shift }) => sum + height * Math.sin((at * 2 * Math.PI) / lengthMs - shift),
        1,
      ),
    until,
  }
}
