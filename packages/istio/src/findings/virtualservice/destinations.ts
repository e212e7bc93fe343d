import { at, isRecord, type Json, listAt, numberAt, recordAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { ofLast } from '../of-last.ts'

/** One place of a VirtualService that traffic is sent to. */
export type Destination = {
  pointer: string
  /** Empty where it names none. */
  host: string
  subset: string | undefined
  /** The number it names; 0 for a port without one, undefined where it names no port. */
  port: number | undefined
}

/** One entry of http, tcp or tls. */
export type Route = { route: Json; pointer: string; protocol: 'http' | 'tcp' | 'tls' }

const lists = ['http', 'tcp', 'tls'] as const

/** Every destination of a VirtualService: routes of the three protocols, and mirrors. */
export const destinationsOf = ofLast((virtualService: KubernetesObject): readonly Destination[] =>
  routesOf(virtualService).flatMap((each) => [...targetsOf(each), ...mirrorsOf(each)]),
)

/** Where a route sends its traffic to. */
export function targetsOf({ route, pointer }: Pick<Route, 'route' | 'pointer'>): Destination[] {
  return listAt(route, 'route').flatMap((each, index) =>
    readDestination(recordAt(each, 'destination'), `${pointer}/route/${index}/destination`),
  )
}

function mirrorsOf({ route, pointer }: Route): Destination[] {
  const several = listAt(route, 'mirrors').flatMap((each, index) =>
    readDestination(recordAt(each, 'destination'), `${pointer}/mirrors/${index}/destination`),
  )
  const mirror = at(route, 'mirror')
  return isRecord(mirror) ? [...several, ...readDestination(mirror, `${pointer}/mirror`)] : several
}

/** Every entry of http, tcp and tls with its JSON pointer. */
export const routesOf = ofLast((virtualService: KubernetesObject): readonly Route[] =>
  lists.flatMap((protocol) =>
    listAt(virtualService, 'spec', protocol).map((route, index) => ({
      route,
      pointer: `/spec/${protocol}/${index}`,
      protocol,
    })),
  ),
)

function readDestination(value: Json, pointer: string): Destination[] {
  const host = at(value, 'host') ?? ''
  const port = at(value, 'port') ?? undefined
  if (typeof host !== 'string') return []
  const number = port === undefined ? undefined : (numberAt(port, 'number') ?? 0)
  return [{ pointer, host, subset: textAt(value, 'subset'), port: number }]
}
