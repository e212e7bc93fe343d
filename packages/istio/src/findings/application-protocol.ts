import { numberAt, textAt } from '@orbweaver/contracts/json'

/** What Istio takes the traffic of a Service's port for; `detected` where it has to look into it. */
export type Application = 'http' | 'tcp' | 'udp' | 'detected'

/** By the filters that serve it: TLS that is not ended here is TCP to a proxy. */
const byName: Readonly<Record<string, Application>> = {
  http: 'http',
  http2: 'http',
  http_proxy: 'http',
  grpc: 'http',
  'grpc-web': 'http',
  tcp: 'tcp',
  https: 'tcp',
  tls: 'tcp',
  mongo: 'tcp',
  redis: 'tcp',
  mysql: 'tcp',
  udp: 'udp',
}
const applications = ['kubernetes.io/h2c', 'kubernetes.io/ws', 'kubernetes.io/wss']
/** SMTP, DNS, MySQL, MongoDB: taken for TCP, as there the server speaks first. */
const wellKnown = [25, 53, 3306, 27017]

/** As istio pkg/config/kube/conversion.go, ConvertProtocol, has it. */
export function applicationOf(port: unknown): Application {
  if (textAt(port, 'protocol') === 'UDP') return 'udp'
  const application = textAt(port, 'appProtocol')
  if (application !== undefined && applications.includes(application)) return 'http'
  return ofName(application ?? textAt(port, 'name') ?? '') ?? ofNumber(numberAt(port, 'port') ?? 0)
}

/** Whether the name of a port, or its appProtocol, tells what it speaks. */
export function isProtocolName(text: string): boolean {
  return ofName(text) !== undefined
}

function ofName(text: string): Application | undefined {
  const name = text.toLowerCase()
  if (name.startsWith('grpc-web')) return 'http'
  const [prefix = ''] = name.split('-')
  return Object.hasOwn(byName, prefix) ? byName[prefix] : undefined
}

function ofNumber(port: number): Application {
  return wellKnown.includes(port) ? 'tcp' : 'detected'
}
