import { listAt, textsAt } from '@orbweaver/contracts/json'
import { kinds } from '../../world/kinds.ts'
import { ambientHost } from '../ambient-hosts.ts'
import { type Code, found, type Judge } from '../finding.ts'
import { isForMesh } from './gateways.ts'

const without: Code = {
  code: 'virtualservice.ambient-without-waypoint',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['KIA1109', 'KIA1113'],
}
const elsewhere: Code = {
  code: 'virtualservice.ambient-elsewhere',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['KIA1114'],
}

/**
 * HTTP routes of a host in ambient mode are carried out by its waypoint, which takes rules of the service's namespace and
 * of its own (istio pilot/pkg/networking/core/listener_waypoint.go, getVirtualServiceForWaypoint); ztunnel knows no HTTP.
 */
export const ambient: Judge = {
  says: [without, elsewhere],
  kinds: [kinds.virtualService],
  judge(subject, world) {
    const { object, namespace } = subject
    if (!isForMesh(object) || listAt(object, 'spec', 'http').length === 0) return []
    return textsAt(object, 'spec', 'hosts').flatMap((host, index) => {
      const home = ambientHost(world, world.hosts.find(host, namespace))
      if (home === undefined) return []
      const said = { pointer: `/spec/hosts/${index}`, params: { host, namespace: home.namespace } }
      if (!home.waypoint) return [found(subject, without, said)]
      const taken = [home.namespace, home.waypointNamespace].includes(namespace)
      return taken ? [] : [found(subject, elsewhere, said)]
    })
  },
}
