import { numberAt, textAt } from '@orbweaver/contracts/json'

/** Protocols of ports as istiod tells them (istio pkg/config/protocol/instance.go, pkg/config/kube/conversion.go; 1.31). */
export type Protocol =
  | 'HTTP'
  | 'HTTP2'
  | 'GRPC'
  | 'GRPC-Web'
  | 'HTTP_PROXY'
  | 'HTTPS'
  | 'TLS'
  | 'TCP'
  | 'Mongo'
  | 'Redis'
  | 'MySQL'
  | 'UDP'
  | 'Unsupported'

const byName: Readonly<Record<string, Protocol>> = {
  tcp: 'TCP',
  udp: 'UDP',
  grpc: 'GRPC',
  'grpc-web': 'GRPC-Web',
  http: 'HTTP',
  http_proxy: 'HTTP_PROXY',
  http2: 'HTTP2',
  https: 'HTTPS',
  tls: 'TLS',
  mongo: 'Mongo',
  redis: 'Redis',
  mysql: 'MySQL',
}

const ofApplication: Readonly<Record<string, Protocol>> = {
  'kubernetes.io/h2c': 'HTTP2',
  'kubernetes.io/ws': 'HTTP',
  'kubernetes.io/wss': 'HTTPS',
}

/** SMTP, DNS, MySQL, MongoDB: where nothing is said, these are never sniffed. */
const neverSniffed = new Set([25, 53, 3306, 27_017])

export function parseProtocol(text: string): Protocol {
  const key = text.toLowerCase()
  return Object.hasOwn(byName, key) ? (byName[key] ?? 'Unsupported') : 'Unsupported'
}

/** Of a port of a Kubernetes Service: appProtocol, else what its name begins with. */
export function protocolOf(port: unknown): Protocol {
  if (textAt(port, 'protocol') === 'UDP') return 'UDP'
  const application = textAt(port, 'appProtocol')
  const known = application === undefined ? undefined : ofApplication[application]
  if (known !== undefined) return known
  const name = application ?? textAt(port, 'name') ?? ''
  if (name.slice(0, 8).toLowerCase() === 'grpc-web') return 'GRPC-Web'
  const protocol = parseProtocol(name.split('-', 1)[0] ?? '')
  return protocol === 'Unsupported' && neverSniffed.has(numberAt(port, 'port') ?? 0) ? 'TCP' : protocol
}

const http = new Set<Protocol>(['HTTP', 'HTTP2', 'HTTP_PROXY', 'GRPC', 'GRPC-Web'])
const tcp = new Set<Protocol>(['TCP', 'HTTPS', 'TLS', 'Mongo', 'Redis', 'MySQL'])

export function isHttp(protocol: Protocol): boolean {
  return http.has(protocol)
}

export function isHttpOrSniffed(protocol: Protocol): boolean {
  return http.has(protocol) || protocol === 'Unsupported'
}

export function isTcp(protocol: Protocol): boolean {
  return tcp.has(protocol)
}

export function isTls(protocol: Protocol): boolean {
  return protocol === 'HTTPS' || protocol === 'TLS'
}
