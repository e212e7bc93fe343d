import { type Json, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

/** One place of a VirtualService that traffic is sent to. */
export type Destination = { pointer: string; host: string; subset: string | undefined }

const lists = ['http', 'tcp', 'tls'] as const

/** Every destination of a VirtualService: routes of the three protocols, and mirrors. */
export function destinationsOf(virtualService: KubernetesObject): Destination[] {
  return routesOf(virtualService).flatMap(({ route, pointer }) => {
    const targets = listAt(route, 'route').map((each, index) => ({
      value: recordAt(each, 'destination'),
      pointer: `${pointer}/route/${index}/destination`,
    }))
    const mirrors = listAt(route, 'mirrors').map((each, index) => ({
      value: recordAt(each, 'destination'),
      pointer: `${pointer}/mirrors/${index}/destination`,
    }))
    const mirror = { value: recordAt(route, 'mirror'), pointer: `${pointer}/mirror` }
    return [...targets, ...mirrors, mirror].flatMap((each) => readDestination(each.value, each.pointer))
  })
}

/** Every entry of http, tcp and tls with its JSON pointer. */
export function routesOf(virtualService: KubernetesObject): { route: Json; pointer: string }[] {
  return lists.flatMap((list) =>
    listAt(virtualService, 'spec', list).map((route, index) => ({ route, pointer: `/spec/${list}/${index}` })),
  )
}

function readDestination(value: Json, pointer: string): Destination[] {
  const host = textAt(value, 'host')
  return host === undefined ? [] : [{ pointer, host, subset: textAt(value, 'subset') }]
}
