import { listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { isHttp, isTls, parseProtocol, type Protocol, protocolOf } from '../simulate/route/protocols.ts'
import type { HostOwner } from './host-registry.ts'

/** What a proxy takes traffic of a port for; `auto` where it looks into it. */
export type PortProtocol = 'http' | 'tls' | 'tcp' | 'udp' | 'auto'

/** The same where the traffic ends, by the filters that serve it: TLS that no proxy ends is TCP to it. */
export type Application = Exclude<PortProtocol, 'tls'>

/** A port of a Service or ServiceEntry, and where its protocol is said. */
export type OwnedPort = { number: number; protocol: PortProtocol; pointer: string }

/** The protocols of a host's ports: of a Service by what `protocolOf` reads, of a ServiceEntry by what it says. */
export function portsOf(owner: HostOwner): OwnedPort[] {
  const isService = owner.kind === 'Service'
  return listAt(owner.object, 'spec', 'ports').map((port, index) => ({
    number: numberAt(port, isService ? 'port' : 'number') ?? 0,
    protocol: isService ? taken(protocolOf(port)) : protocolNamed(textAt(port, 'protocol') ?? ''),
    pointer: `/spec/ports/${index}/${isService ? 'appProtocol' : 'protocol'}`,
  }))
}

/** What a name of a protocol means; `auto` where it is none that Istio knows. */
export function protocolNamed(name: string): PortProtocol {
  return taken(parseProtocol(name))
}

/** What the proxy of a Pod takes the traffic of a Service's port for. */
export function applicationOf(port: unknown): Application {
  const protocol = taken(protocolOf(port))
  return protocol === 'tls' ? 'tcp' : protocol
}

/** Whether the name of a port tells what it speaks, whatever its number. */
export function isProtocolName(name: string): boolean {
  return applicationOf({ name }) !== 'auto'
}

function taken(protocol: Protocol): PortProtocol {
  if (protocol === 'Unsupported') return 'auto'
  if (protocol === 'UDP') return 'udp'
  return isHttp(protocol) ? 'http' : isTls(protocol) ? 'tls' : 'tcp'
}
