import { listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import type { HostOwner } from './host-registry.ts'

/** What a proxy takes traffic of a port for; `auto` where it looks into it. */
export type PortProtocol = 'http' | 'tls' | 'tcp' | 'udp' | 'auto'

const known: Readonly<Record<string, PortProtocol>> = {
  http: 'http',
  http2: 'http',
  http_proxy: 'http',
  grpc: 'http',
  'grpc-web': 'http',
  https: 'tls',
  tls: 'tls',
  tcp: 'tcp',
  mongo: 'tcp',
  redis: 'tcp',
  mysql: 'tcp',
  udp: 'udp',
  'kubernetes.io/h2c': 'http',
  'kubernetes.io/ws': 'http',
  'kubernetes.io/wss': 'tls',
}

/** SMTP, DNS, MySQL, MongoDB: taken for TCP where nothing is said, as there the server speaks first. */
const serverFirst = [25, 53, 3306, 27017]

/** A port of a Service or ServiceEntry, and where its protocol is said. */
export type OwnedPort = { number: number; protocol: PortProtocol; pointer: string }

/**
 * The protocols of a host's ports: of a Service by `appProtocol`, else by the first word of the name; of a ServiceEntry by
 * what it says (istio pkg/config/kube/conversion.go, ConvertProtocol; pkg/config/protocol, Parse).
 */
export function portsOf(owner: HostOwner): OwnedPort[] {
  const isService = owner.kind === 'Service'
  return listAt(owner.object, 'spec', 'ports').map((port, index) => ({
    number: numberAt(port, isService ? 'port' : 'number') ?? 0,
    protocol: isService ? ofService(port) : protocolNamed(textAt(port, 'protocol') ?? ''),
    pointer: `/spec/ports/${index}/${isService ? 'appProtocol' : 'protocol'}`,
  }))
}

/** What a name of a protocol means; `auto` where it is none that Istio knows. */
export function protocolNamed(name: string): PortProtocol {
  const lower = name.toLowerCase()
  return Object.hasOwn(known, lower) ? (known[lower] ?? 'auto') : 'auto'
}

function ofService(port: unknown): PortProtocol {
  if (textAt(port, 'protocol') === 'UDP') return 'udp'
  const name = (textAt(port, 'appProtocol') ?? textAt(port, 'name') ?? '').toLowerCase()
  if (name.startsWith('grpc-web')) return 'http'
  const said = Object.hasOwn(known, name) ? protocolNamed(name) : protocolNamed(name.split('-')[0] ?? '')
  return said === 'auto' && serverFirst.includes(numberAt(port, 'port') ?? 0) ? 'tcp' : said
}
