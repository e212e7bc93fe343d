import { refOf } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../../world/kinds.ts'
import { type Code, found, type Judge } from '../finding.ts'
import { serversOf } from '../mtls/both-sides.ts'
import { portsLeft } from './overridden.ts'
import { aimedOf, docs } from './targets.ts'

const code: Code = { code: 'backendtlspolicy.strict-server', severity: 'error', istio: 'accepts', docs }

/**
 * Proxies that take mutual TLS of the mesh alone, and clients that are told to speak another: a policy is followed as a
 * DestinationRule is, whatever Istio finds out of the endpoints by itself (istio pilot/pkg/xds/endpoints/mtls_checker.go).
 */
export const strictServer: Judge = {
  says: [code],
  kinds: [kinds.backendTlsPolicy],
  judge(subject, world) {
    if (!world.config.has(kinds.peerAuthentication) || !world.complete(kinds.pod)) return []
    return aimedOf(subject, world).flatMap((aimed) => {
      const { target, backend } = aimed
      const [host = ''] = backend.hosts
      const ports = portsLeft(subject, world, { ...aimed, host })
      const services = target.kind === kinds.service ? (world.hosts.find(host, subject.namespace)?.services ?? []) : []
      const strict = services
        .flatMap(({ cluster, service }) =>
          ports.flatMap((port) =>
            serversOf(subject, world, { cluster, service, said: { mode: 'SIMPLE', pointer: target.pointer, port } }),
          ),
        )
        .find(({ hasProxy, accepted }) => hasProxy && accepted.mode === 'STRICT')
      if (strict === undefined) return []
      const { by } = strict.accepted
      const params = { name: target.name, pod: strict.ref.name, policy: by?.metadata.name ?? '' }
      const evidence = [strict.ref, ...(by === undefined ? [] : [refOf(world.config.cluster, by)])]
      return [found(subject, code, { pointer: target.pointer, params, evidence })]
    })
  },
}
