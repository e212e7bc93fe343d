import { contract } from '@orbweaver/contracts/contract'
import { textAt } from '@orbweaver/contracts/json'

/** One procedure of the contract and the route it is served at, below /api/v1. */
export type Operation = { name: string; method: string; path: string }

/** Every operation there is, read from the contract itself: what is added later is walked too. */
export function operations(): Operation[] {
  return Object.entries(contract).flatMap(([word, procedures]) =>
    Object.entries(procedures).map(([name, procedure]) => {
      const method = textAt(procedure, '~orpc', 'route', 'method')
      const path = textAt(procedure, '~orpc', 'route', 'path')
      if (method === undefined || path === undefined) throw new Error(`${word}.${name} has no route`)
      return { name: `${word}.${name}`, method, path }
    }),
  )
}
