import { refOf } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../../world/kinds.ts'
import { ambientHost } from '../ambient-hosts.ts'
import { type Code, found, type Judge } from '../finding.ts'
import { parentsOf, routeKinds } from '../gatewayapi/parents.ts'

const code: Code = {
  code: 'ambient.route-without-waypoint',
  severity: 'warning',
  istio: 'accepts',
  docs: 'ambient/usage/l7-features/',
}

/** Routes for a Service in ambient mode are carried out by its waypoint: ztunnel knows none of them. */
export const meshRoute: Judge = {
  says: [code],
  kinds: routeKinds,
  judge(subject, world) {
    return parentsOf(subject.object).flatMap(({ kind, name, namespace, pointer }) => {
      if (kind !== kinds.service) return []
      const host = world.hosts.find(`${name}.${namespace}.svc.${world.mesh.domain}`, namespace)
      const home = ambientHost(world, host)
      if (home === undefined || home.waypoint) return []
      const evidence = (host?.services ?? []).map((each) => refOf(each.cluster, each.service))
      return [found(subject, code, { pointer, params: { name, namespace }, evidence })]
    })
  },
}
