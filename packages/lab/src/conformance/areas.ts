import { forgotten } from './areas/forgotten.ts'
import { lists } from './areas/lists.ts'
import { watches } from './areas/watches.ts'
import type { Area } from './check.ts'

/** Every area, in the order of the table. */
export const areas: readonly Area[] = [lists, watches, forgotten]
