import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, inject } from 'vitest'

/** A loop whose condition is the wrong way round would never end. */
const most = 1_000_000
const awake = inject('mutant')
const hits = new Set<number>()
let asked = 0

Object.assign(globalThis, {
  mutation: {
    not(id: number, value: unknown): unknown {
      hits.add(id)
      if (id !== awake) return value
      asked += 1
      if (asked > most) throw new Error('a mutant never ends')
      return value === false || value === undefined || value === null || value === 0 || value === ''
    },
    wakes(id: number): boolean {
      hits.add(id)
      return id === awake
    },
  },
})

afterAll(() => {
  const directory = inject('hits')
  if (directory !== '') writeFileSync(join(directory, 'hits.json'), JSON.stringify([...hits]))
})
