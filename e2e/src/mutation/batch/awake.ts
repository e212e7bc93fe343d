/** A loop whose condition is the wrong way round would never end. */
const most = 1_000_000
const met = new Set<number>()
let awake = -1
let asked = 0

/** From now on this mutant is awake, and no other; -1 is none. */
export function awaken(mutant: number): void {
  if (awake !== mutant) asked = 0
  awake = mutant
}

/** The mutants that tests have come by. */
export function metSoFar(): number[] {
  return [...met]
}

// What sources with mutants in them ask: it is there before any of them is read.
Object.assign(globalThis, {
  mutation: {
    not(id: number, value: unknown): unknown {
      met.add(id)
      if (id !== awake) return value
      asked += 1
      if (asked > most) throw new Error('a mutant never ends')
      return value === false || value === undefined || value === null || value === 0 || value === ''
    },
    wakes(id: number): boolean {
      met.add(id)
      return id === awake
    },
  },
})
