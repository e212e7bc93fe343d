import { at, type Json, type JsonRecord, listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { freePorts } from '../ports.ts'
import type { Answer, Call } from './answer.ts'
import { identities } from './certificates.ts'
import type { ProxyConfiguration } from './configuration.ts'
import { ask, type Observed } from './plain-client.ts'
import { type Plain, plainListener } from './plain-config.ts'
import { startEnvoy } from './plain-envoy.ts'
import { tokens } from './tokens.ts'

/** Calls to one listener of a proxy: of a sidecar what leaves its Pod or comes to it, of a gateway one port. */
export type Stage = {
  readonly proxy: ProxyConfiguration
  readonly way: 'outbound' | 'inbound' | { readonly port: number }
  readonly calls: readonly Call[]
}

const portOf = (listener: Json): number | undefined => numberAt(listener, 'address', 'socket_address', 'port_value')
const addressOf = (listener: Json): string => textAt(listener, 'address', 'socket_address', 'address') ?? ''
const isTcp = (listener: Json): boolean =>
  (textAt(listener, 'address', 'socket_address', 'protocol') ?? 'TCP') === 'TCP'

/**
 * What one plain Envoy does with the calls of all stages, in their order. Ports that several proxies listen on are
 * told apart by giving each proxy others; what is sent out of a Pod is not judged by its port in any other way.
 */
export async function plainly(program: string, stages: readonly Stage[]): Promise<readonly (readonly Observed[])[]> {
  const [own, sign] = [identities(), tokens()]
  const server = await own.of('spiffe://cluster.local/ns/lab/sa/server')
  const bound = await freePorts(stages.length)
  const renamed = renaming()
  const placed = stages.map((stage, index) => {
    const port = stage.way === 'outbound' ? renamed(index) : (same: number) => same
    const how = { server, root: own.root, jwks: sign.jwks, portFor: port }
    return {
      stage,
      port,
      listener: bound[index] ?? 0,
      listeners: listenersOf(stage, how, { id: `${index}`, port: bound[index] ?? 0 }),
    }
  })
  const envoy = await startEnvoy(
    program,
    placed.flatMap(({ listeners }) => listeners),
    bound[0] ?? 0,
  )
  try {
    return await Promise.all(
      placed.map(({ stage, port, listener }) =>
        Promise.all(
          stage.calls.map((call) => {
            const { address, port: wanted } = call.connection.destination
            const token = call.claims && sign.of(call.claims)
            return ask({ listener, destination: { address, port: port(wanted) }, call, token, identities: own })
          }),
        ),
      ),
    )
  } finally {
    await envoy.stop()
  }
}

/** Ports of several proxies, each given another one. */
function renaming(): (proxy: number) => (port: number) => number {
  const given = new Map<string, number>()
  return (proxy) => (port) => {
    const key = `${proxy} ${port}`
    const found = given.get(key) ?? given.size + 1
    given.set(key, found)
    return found
  }
}

type Entry = { readonly id: string; readonly port: number }

function listenersOf({ proxy, way }: Stage, how: Plain, entry: Entry): readonly JsonRecord[] {
  const named = (listener: Json) => `${entry.id} ${textAt(listener, 'name') ?? ''}`
  const intercepting = way === 'outbound' ? 15_001 : way === 'inbound' ? 15_006 : way.port
  return proxy.listeners.filter(isTcp).flatMap((each) => {
    const place = { ...how, name: named(each) }
    if (portOf(each) === intercepting) {
      return [plainListener(each, proxy.routes, { ...place, address: '127.0.0.1', port: entry.port, bound: true })]
    }
    if (way !== 'outbound' || at(each, 'bind_to_port') !== false) return []
    const port = how.portFor(portOf(each) ?? 0)
    return [plainListener(each, proxy.routes, { ...place, address: addressOf(each), port, bound: false })]
  })
}

/** Whether what came back is what the reader of the configuration says; it says nothing of an external authorizer. */
export const agrees = (answer: Answer, seen: Observed): boolean =>
  answer.kind === 'asks' || expected(answer).includes(told(seen))

type Clusters = readonly { readonly name: string }[]

const clusters = (of: Clusters): string => `clusters ${of.map(({ name }) => name).join(', ')}`

/** What may come back. */
function expected(answer: Exclude<Answer, { kind: 'asks' }>): readonly string[] {
  switch (answer.kind) {
    case 'refused':
      return ['closed']
    case 'not-http':
      return ['http 400', 'closed']
    case 'denied':
      return [answer.layer === 'http' ? 'http 403' : 'closed']
    case 'unauthorized':
      return ['http 401', 'http 403'] // 403 is for audiences
    case 'tcp':
      return [clusters(answer.clusters), answer.sealed ? 'closed' : 'echo']
    case 'http':
      return [expectedOf(answer.routed)]
  }
}

function expectedOf(routed: Extract<Answer, { kind: 'http' }>['routed']): string {
  switch (routed.kind) {
    case 'none':
      return 'http 404'
    case 'redirect':
      return `http ${routed.status} ${routed.location}`
    case 'direct':
      return `http ${routed.status}`
    case 'clusters':
      return clusters(routed.clusters)
  }
}

function told(seen: Observed): string {
  if (seen.kind === 'closed') return 'closed'
  const text = seen.kind === 'bytes' ? seen.text.replace('tcp ', '') : seen.body
  if (text.startsWith('[[')) {
    const value: unknown = JSON.parse(text)
    return clusters(listAt({ value }, 'value').map((each) => ({ name: textAt(each, 0) ?? '' })))
  }
  return seen.kind === 'bytes' ? text : `http ${seen.status} ${seen.location}`.trim()
}
