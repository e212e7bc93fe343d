import { listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { labelsOf } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../../world/kinds.ts'
import { names } from '../../world/names.ts'
import { type Code, fix, found, type Judge } from '../finding.ts'
import { isOfControlPlane } from '../in-mesh.ts'

const unnamed: Code = {
  code: 'service.port-name',
  severity: 'info',
  istio: 'accepts',
  aliases: ['IST0118', 'KIA0601'],
}
const external: Code = {
  code: 'service.external-port-name',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['IST0150'],
}

/** Services that Istio makes for Gateways of the Gateway API (istio pkg/config/constants, ManagedGateway…Label). */
const managed = ['istio.io-gateway-controller', 'istio.io-mesh-controller', 'istio.io-eastwest-controller']

/**
 * Ports whose name or appProtocol tells no protocol that Istio knows (pkg/config/kube/conversion.go, ConvertProtocol): it
 * looks into the traffic then, which costs a moment at the start of a connection and fails where the server speaks first.
 */
export const portName: Judge = {
  says: [unnamed, external],
  kinds: [kinds.service],
  where: 'every',
  judge(subject) {
    const { object } = subject
    if (isOfControlPlane(object) || managed.includes(labelsOf(object)[names.gatewayManaged] ?? '')) return []
    const isExternal = textAt(object, 'spec', 'type') === 'ExternalName'
    return listAt(object, 'spec', 'ports').flatMap((port, index) => {
      const name = textAt(port, 'name') ?? ''
      if (isKnown(port) && !(name === 'tcp' && isExternal)) return []
      const pointer = `/spec/ports/${index}${name === '' ? '' : '/name'}`
      const number = numberAt(port, 'port') ?? 0
      const params = { name, port: number }
      if (isExternal) return [found(subject, external, { pointer, params })]
      const way = fix(subject, { code: 'say-tcp' }, [
        { op: 'add', path: `/spec/ports/${index}/appProtocol`, value: 'tcp' },
      ])
      return [found(subject, unnamed, { pointer, params, fixes: [way] })]
    })
  },
}

const protocols = [
  'tcp',
  'udp',
  'grpc',
  'grpc-web',
  'http',
  'http_proxy',
  'http2',
  'https',
  'tls',
  'mongo',
  'redis',
  'mysql',
]
const applications = ['kubernetes.io/h2c', 'kubernetes.io/ws', 'kubernetes.io/wss']
/** SMTP, DNS, MySQL, MongoDB: taken for TCP, as there the server speaks first. */
const wellKnown = [25, 53, 3306, 27017]

function isKnown(port: unknown): boolean {
  if (textAt(port, 'protocol') === 'UDP') return true
  const application = textAt(port, 'appProtocol')
  if (application !== undefined && applications.includes(application)) return true
  const name = (application ?? textAt(port, 'name') ?? '').toLowerCase()
  if (name.startsWith('grpc-web')) return true
  const [prefix = ''] = name.split('-')
  return protocols.includes(prefix) || wellKnown.includes(numberAt(port, 'port') ?? 0)
}
