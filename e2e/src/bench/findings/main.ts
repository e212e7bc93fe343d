import { measureFindings } from './measure.ts'
import { measureReach } from './reach.ts'

/** Run as built code: what runs TypeScript as it is names every function anew, which judges make many of. */
process.stdout.write(`${JSON.stringify([...measureFindings(), ...measureReach()])}\n`)
