import { at, listAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf, refOf } from '@orbweaver/contracts/kubernetes'
import type { Fix } from '@orbweaver/contracts/plan'
import { step } from '../../pointer.ts'
import { faultOf, type NoWaypoint, wantedBy } from '../../simulate/workloads/waypoints.ts'
import { type KindKey, kindOf, kinds } from '../../world/kinds.ts'
import type { Labels } from '../../world/labels.ts'
import { names } from '../../world/names.ts'
import { templated, templateLabels } from '../carriers.ts'
import { type Code, fix, fixByCreating, found, type Judge, type Subject } from '../finding.ts'
import { put } from '../operations.ts'

const docs = 'ambient/usage/waypoint/'
const missing: Code = {
  code: 'waypoint.not-found',
  severity: 'error',
  istio: 'ignores',
  aliases: ['KIA1313'],
  docs,
}
const unready: Code = { code: 'waypoint.not-ready', severity: 'warning', istio: 'ignores', aliases: ['KIA1313'], docs }
const closed: Code = { code: 'waypoint.closed', severity: 'error', istio: 'ignores', aliases: ['KIA1313'], docs }
const other: Code = { code: 'waypoint.other-traffic', severity: 'error', istio: 'ignores', aliases: ['KIA1313'], docs }

const byFault: Readonly<Record<NoWaypoint['code'], Code>> = {
  'waypoint-not-there': missing,
  'waypoint-not-ready': unready,
  'waypoint-closed': closed,
  'waypoint-other-traffic': other,
}

/**
 * Waypoints that labels ask for and that are not used (istio pilot/pkg/serviceregistry/ambient/waypoints.go; 1.31): traffic
 * goes straight to where it is sent. A namespace's waypoint may be for Services or for workloads.
 */
export const useWaypoint: Judge = {
  says: [missing, unready, closed, other],
  kinds: [kinds.namespace, kinds.service, kinds.serviceEntry, ...templated],
  where: 'every',
  judge(subject) {
    const { object, view } = subject
    if (!view.has(kinds.kubernetesGateway) || labelsOf(object)[names.gatewayManaged] !== undefined) return []
    const { labels, pointer, traffic } = sayingOf(object)
    const namespace = object.kind === 'Namespace' ? object.metadata.name : subject.namespace
    const wanted = wantedBy(labels, namespace)
    if (wanted === undefined || wanted === 'none') return []
    const gateway = view.get(kinds.kubernetesGateway, wanted.name, wanted.namespace)
    const faults = traffic.map((each) => faultOf(view, gateway, { namespace, traffic: each }))
    const [fault] = faults
    if (fault === undefined || faults.includes(undefined)) return []
    const params = { name: wanted.name, namespace: wanted.namespace, traffic: traffic.join(', ') }
    return [
      found(subject, byFault[fault], {
        pointer: `${pointer}${step(names.useWaypoint)}`,
        params,
        evidence: gateway === undefined ? [] : [refOf(subject.cluster, gateway)],
        fixes: gateway === undefined ? creating(subject, wanted) : mending(subject, fault, { gateway, namespace }),
      }),
    ]
  },
}

const workloads: readonly KindKey[] = templated

type Traffic = 'service' | 'workload'

/** What labels say, where they stand, and of which traffic. */
export function sayingOf(object: KubernetesObject): { labels: Labels; pointer: string; traffic: Traffic[] } {
  if (workloads.includes(kindOf(object))) {
    return { labels: templateLabels(object), pointer: '/spec/template/metadata/labels', traffic: ['workload'] }
  }
  const traffic: Traffic[] = object.kind === 'Namespace' ? ['service', 'workload'] : ['service']
  return { labels: labelsOf(object), pointer: '/metadata/labels', traffic }
}

/** What `istioctl waypoint apply` makes; for workloads too where a workload asks. */
export function creating(subject: Subject, wanted: { name: string; namespace: string }): Fix[] {
  if (wanted.name === '') return []
  const isWorkload = workloads.includes(kindOf(subject.object))
  const isElsewhere = subject.object.kind !== 'Namespace' && wanted.namespace !== subject.namespace
  const isOther = subject.object.kind === 'Namespace' && wanted.namespace !== subject.object.metadata.name
  if (isElsewhere || isOther) return []
  const listener = { name: 'mesh', port: 15_008, protocol: 'HBONE' }
  const labels = { [waypointFor]: isWorkload ? 'workload' : 'service' }
  return [
    fixByCreating(
      subject.cluster,
      { code: 'create', params: wanted },
      {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'Gateway',
        metadata: { ...wanted, labels },
        spec: { gatewayClassName: 'istio-waypoint', listeners: [listener] },
      },
    ),
  ]
}

const waypointFor = 'istio.io/waypoint-for'

type Named = { gateway: KubernetesObject; namespace: string }

/** The Gateway, changed so that it can be the waypoint that a namespace asks for. */
export function mending(subject: Subject, fault: NoWaypoint['code'], { gateway, namespace }: Named): Fix[] {
  const its = { cluster: subject.cluster, object: gateway }
  const name = gateway.metadata.name
  if (fault === 'waypoint-other-traffic') {
    const labels = at(gateway, 'metadata', 'labels')
    const operation =
      labels === undefined
        ? put('/metadata/labels', { [waypointFor]: 'all' })
        : put(`/metadata/labels${step(waypointFor)}`, 'all')
    return [fix(its, { code: 'all-traffic', params: { name } }, [operation])]
  }
  const index = listAt(gateway, 'spec', 'listeners').findIndex((each) => textAt(each, 'protocol') === 'HBONE')
  const listener = at(gateway, 'spec', 'listeners', index)
  const from = textAt(listener, 'allowedRoutes', 'namespaces', 'from') ?? 'Same'
  if (fault !== 'waypoint-closed' || listener === undefined || from !== 'Same') return []
  const values = [gateway.metadata.namespace ?? 'default', namespace]
  const selector = { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values }] }
  const path = `/spec/listeners/${index}/allowedRoutes`
  const namespaces = { from: 'Selector', selector }
  const isThere = at(listener, 'allowedRoutes') !== undefined
  const operation = isThere ? put(`${path}/namespaces`, namespaces) : put(path, { namespaces })
  return [fix(its, { code: 'let-in', params: { name, namespace } }, [operation])]
}
