import { at, listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../../world/kinds.ts'
import { ambientHost } from '../ambient-hosts.ts'
import { type Code, found, type Judge } from '../finding.ts'

const without: Code = {
  code: 'destinationrule.ambient-without-waypoint',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['KIA0210', 'KIA0211'],
}
const elsewhere: Code = {
  code: 'destinationrule.ambient-elsewhere',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['KIA0212'],
}

/** Policies for a host in ambient mode are carried out by its waypoint, from rules of its own namespace. */
export const ambient: Judge = {
  says: [without, elsewhere],
  kinds: [kinds.destinationRule],
  judge(subject, world) {
    const { object, namespace } = subject
    const host = textAt(object, 'spec', 'host')
    if (host === undefined || !hasPolicy(object)) return []
    const home = ambientHost(world, world.hosts.find(host, namespace))
    if (home === undefined) return []
    const said = { pointer: '/spec/host', params: { host, namespace: home.namespace } }
    if (!home.waypoint) return [found(subject, without, said)]
    const taken = [home.namespace, home.waypointNamespace, world.mesh.rootNamespace].includes(namespace)
    return taken ? [] : [found(subject, elsewhere, said)]
  },
}

function hasPolicy(object: KubernetesObject): boolean {
  const subsets = listAt(object, 'spec', 'subsets')
  return [object.spec, ...subsets].some((each) => at(each, 'trafficPolicy') !== undefined)
}
