import { resolveHost } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { defineIndex, type Index } from '../index-of.ts'
import { routesOf, targetsOf } from './destinations.ts'

/** Ports of hosts that HTTP routes send to, `host port`; without a port for one that names none. */
export const httpDestinations: Index<true> = defineIndex({
  name: 'destinations of http routes',
  kinds: [kinds.virtualService],
  entries: (object) => {
    const namespace = namespaceOf(object)
    const targets = routesOf(object).flatMap((each) => (each.protocol === 'http' ? targetsOf(each) : []))
    const keys = targets.map(({ host, port }) => httpDestinationKey(resolveHost(host, namespace), port))
    return [...new Set(keys)].map((key) => [key, true])
  },
})

export function httpDestinationKey(host: string, port: number | undefined): string {
  return `${host} ${port ?? ''}`
}
