import { annotationsOf, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { step } from '../../pointer.ts'
import { wantedBy } from '../../simulate/workloads/waypoints.ts'
import { kinds } from '../../world/kinds.ts'
import { names } from '../../world/names.ts'
import { templated } from '../carriers.ts'
import { type Code, found, type Judge, type Subject } from '../finding.ts'
import { defineIndex, type Index } from '../index-of.ts'
import { sayingOf } from './use-waypoint.ts'

const code: Code = {
  code: 'waypoint.no-clients',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['KIA1312'],
  docs: 'ambient/usage/waypoint/',
}

/** Whatever is in ambient mode, by its own label or annotation. */
export const inAmbient: Index<string> = defineIndex({
  name: 'names of what is in ambient mode',
  kinds: [kinds.namespace, kinds.pod],
  where: 'every',
  entries: (object) => (isInAmbient(object) ? [['', object.metadata.name]] : []),
})

function isInAmbient(object: KubernetesObject): boolean {
  return labelsOf(object)[names.dataplaneMode] === 'ambient' || annotationsOf(object)[names.redirection] === 'enabled'
}

/**
 * Waypoints that labels ask for in a mesh without ambient mode. Which mode the called one is in does not matter: who calls
 * by ztunnel goes through the waypoint (istio pilot/pkg/serviceregistry/ambient/waypoints.go).
 */
export const unusedWaypoint: Judge = {
  says: [code],
  kinds: [kinds.namespace, kinds.service, kinds.serviceEntry, ...templated],
  where: 'every',
  judge(subject, world) {
    const { object } = subject
    const namespace = object.kind === 'Namespace' ? object.metadata.name : subject.namespace
    const { labels, pointer } = sayingOf(object)
    const wanted = wantedBy(labels, namespace)
    if (wanted === undefined || wanted === 'none' || isForIngress(subject)) return []
    if (!world.complete(kinds.pod) || !world.complete(kinds.namespace) || world.look(inAmbient, '').length > 0)
      return []
    return [found(subject, code, { pointer: `${pointer}${step(names.useWaypoint)}`, params: { ...wanted } })]
  },
}

function isForIngress({ object, namespace, view }: Subject): boolean {
  const home = namespace === '' ? undefined : view.get(kinds.namespace, namespace)
  return [object, home].some((each) => each !== undefined && labelsOf(each)[names.ingressUseWaypoint] !== undefined)
}
