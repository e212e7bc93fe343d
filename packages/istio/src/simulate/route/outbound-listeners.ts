import { at, isRecord } from '@orbweaver/contracts/json'
import { anyAddress, isAddress } from './addresses.ts'
import type { Asking } from './asking.ts'
import { endpointsOf } from './endpoints.ts'
import type { Chain } from './filter-chains.ts'
import { isHttp, isTcp, type Protocol } from './protocols.ts'
import { addressFor, type Service, type ServicePort } from './services.ts'
import type { EgressListener, Scope } from './sidecar-scope.ts'
import { streamChains } from './stream-chains.ts'

/** A listener of a sidecar for what its workload sends (istio pilot/pkg/networking/core/listener.go; 1.31). */
type Outbound = {
  bind: string
  protocol: Protocol
  chains: readonly Chain[]
  /** From an egress listener with a port of its own: nothing else is added. */
  locked: boolean
  egress: EgressListener
}

type Listeners = Map<string, Outbound>

/** Listeners of one port, by the address they are bound to, in the order that settles conflicts. */
export function outboundListeners(asking: Asking, scope: Scope, port: number): Listeners {
  const listeners: Listeners = new Map()
  for (const egress of scope.listeners) {
    if (egress.port === undefined) {
      for (const [bind, each] of listeners) listeners.set(bind, { ...each, locked: true })
    } else if (egress.port.number !== port) continue
    for (const adding of egress.services.flatMap((service) => addingsOf(asking, { egress, service, port }))) {
      add(asking, listeners, adding)
    }
  }
  return listeners
}

type Adding = { egress: EgressListener; service: Service; port: ServicePort; bind: string }

/** What one host adds to an egress listener: with the listener's own port, or with its own. */
function addingsOf(
  asking: Asking,
  { egress, service, port }: Omit<Adding, 'port' | 'bind'> & { port: number },
): Adding[] {
  if (egress.port !== undefined) return [{ egress, service, port: { ...egress.port, name: '' }, bind: egress.bind }]
  return service.ports
    .filter(({ number }) => number === port)
    .flatMap((own) => {
      const adding = { egress, service, port: own, bind: egress.bind }
      return bindsOf(asking, adding).map((bind) => ({ ...adding, bind }))
    })
}

/** Headless hosts have a listener for each of their addresses, where their protocol is no HTTP. */
function bindsOf({ world, proxy }: Asking, { egress, service, port }: Adding): string[] {
  const byAddress = isTcp(port.protocol) || port.protocol === 'Unsupported'
  const isHeadless = service.resolution === 'passthrough' && addressFor(service, proxy.cluster) === anyAddress
  if (egress.bind !== '' || egress.bound || !byAddress || !isHeadless) return [egress.bind]
  const instances = endpointsOf(world, { service, port, labels: {} }).filter(({ ready }) => ready)
  const selects = service.sources.some(({ object }) => isRecord(at(object, 'spec', 'workloadSelector')))
  if (service.registry !== 'Kubernetes' && instances.length === 0 && !selects) return ['']
  return instances
    .map(({ address }) => address)
    .filter((address) => isAddress(address) && address !== proxy.addresses[0])
}

type Kind = 'http' | 'stream' | 'auto'

function kindOf(protocol: Protocol): Kind | undefined {
  if (isHttp(protocol)) return 'http'
  if (isTcp(protocol)) return 'stream'
  return protocol === 'Unsupported' ? 'auto' : undefined
}

function add(asking: Asking, listeners: Listeners, adding: Adding): void {
  const kind = kindOf(adding.port.protocol)
  if (adding.service.resolution === 'alias' || kind === undefined) return
  const { bind, cidrs } = placed(asking, adding, kind)
  const current = listeners.get(bind)
  if (current?.locked === true) return
  const incoming = adding.port.protocol
  const base: Outbound = { bind, protocol: incoming, chains: [], locked: false, egress: adding.egress }
  if (kind === 'http') return addHttp(listeners, current, { ...base, adding })
  const made = { ...base, chains: streamChains(asking, { ...adding, bind, cidrs }), incoming }
  if (kind === 'stream') return put(listeners, current, made)
  addSniffed(listeners, current, { ...made, adding })
}

/** Found out by looking: both kinds of chains, and HTTP that is there already gives way. */
function addSniffed(
  listeners: Listeners,
  current: Outbound | undefined,
  { adding, ...made }: Outbound & { incoming: Protocol; adding: Adding },
): void {
  if (current !== undefined && !isHttp(current.protocol) && !isTcp(current.protocol)) return
  const { service, port } = adding
  const routes = made.bind === anyAddress ? String(port.number) : `${service.host}:${port.number}`
  const over = current !== undefined && isHttp(current.protocol) ? undefined : current
  const chains = [...made.chains, httpChain({ routes, service, onlyHttp: true })]
  put(listeners, over, { ...made, chains })
}

/** Over what is there only where that is no HTTP: hosts share the listener of HTTP. */
function addHttp(listeners: Listeners, current: Outbound | undefined, made: Outbound & { adding: Adding }): void {
  if (current !== undefined && !isTcp(current.protocol)) return
  const { adding, ...base } = made
  const { service, port } = adding
  const isShared = base.bind === anyAddress && port.protocol !== 'HTTP_PROXY'
  const chains = [httpChain({ routes: String(port.number), service, onlyHttp: isShared })]
  const protocol = isShared ? 'Unsupported' : port.protocol
  put(listeners, current, { ...base, protocol, chains, incoming: port.protocol })
}

/** Where a host is listened for: HTTP everywhere, all else at the host's address; a range of those is told apart inside. */
function placed({ proxy }: Asking, { bind, egress, service }: Adding, kind: Kind): { bind: string; cidrs: string[] } {
  if (bind !== '') return { bind, cidrs: [] }
  if (egress.bound) return { bind: '127.0.0.1', cidrs: [] }
  const address = addressFor(service, proxy.cluster)
  if (kind === 'http') return { bind: anyAddress, cidrs: [] }
  return address.includes('/') ? { bind: anyAddress, cidrs: [address] } : { bind: address, cidrs: [] }
}

const alone: readonly Protocol[] = ['Mongo', 'MySQL']

/** MongoDB and MySQL share a listener with their own kind only (isConflictWithWellKnownPort). */
function put(listeners: Listeners, current: Outbound | undefined, made: Outbound & { incoming: Protocol }): void {
  const { incoming, ...listener } = made
  if (current === undefined) {
    listeners.set(made.bind, listener)
    return
  }
  const isAlone = alone.includes(incoming) || alone.includes(current.protocol)
  if (isAlone && incoming !== current.protocol) return
  const chains = [...current.chains]
  for (const each of made.chains) if (!chains.some((known) => conflicts(known, each))) chains.push(each)
  const mixed = isTcp(current.protocol) !== isTcp(incoming) || made.protocol === 'Unsupported'
  listeners.set(made.bind, { ...current, chains, protocol: mixed ? 'Unsupported' : current.protocol })
}

/** Whether two chains would take the same connections (listener.go, conflictsWith). */
function conflicts(a: Chain, b: Chain): boolean {
  const same = (one: readonly string[], other: readonly string[]) => {
    const [own, others] = [new Set(one.filter((each) => each !== '*')), new Set(other.filter((each) => each !== '*'))]
    return own.size === others.size && [...own].every((each) => others.has(each))
  }
  return a.onlyHttp === b.onlyHttp && same(a.serverNames, b.serverNames) && same(a.cidrs, b.cidrs)
}

type Http = { routes: string; service: Service; onlyHttp: boolean }

function httpChain({ routes, service, onlyHttp }: Http): Chain {
  return { serverNames: [], cidrs: [], onlyHttp, to: { kind: 'http', routes, service } }
}
