import { kinds } from '../../world/kinds.ts'
import { ambientHost } from '../ambient-hosts.ts'
import { type Code, found, type Judge } from '../finding.ts'
import { aimedOf, docs } from './targets.ts'

const code: Code = { code: 'backendtlspolicy.ambient-without-waypoint', severity: 'warning', istio: 'accepts', docs }

/** Of a host in ambient mode ztunnel carries out no policy of TLS: its waypoint does, and gateways and sidecars that call it. */
export const withoutWaypoint: Judge = {
  says: [code],
  kinds: [kinds.backendTlsPolicy],
  judge(subject, world) {
    return aimedOf(subject, world).flatMap(({ target, backend }) => {
      const [host = ''] = backend.hosts
      const home = ambientHost(world, world.hosts.find(host, subject.namespace))
      if (home === undefined || home.waypoint) return []
      return [found(subject, code, { pointer: target.pointer, params: { host, namespace: home.namespace } })]
    })
  },
}
