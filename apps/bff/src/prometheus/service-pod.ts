import { flagAt, listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { labelsOf } from '@orbweaver/contracts/kubernetes'
import type { PrometheusSource } from '@orbweaver/contracts/fleet-objects'
import type { Message } from '@orbweaver/contracts/message'
import type { Target } from '@orbweaver/kube/client'
import { endpointSlices, services } from '@orbweaver/kube/resources'
import type { ClusterDoor } from '../kube/doors.ts'

type Service = NonNullable<PrometheusSource['service']>

/** A Pod that is ready behind a Service's port, and the port it listens at; or why there is none. */
export function readyPod(door: ClusterDoor, service: Service): { pod: Target; port: number } | { why: Message } {
  const { cluster, params } = { cluster: door.name, params: { cluster: door.name } }
  const { state } = door.mirror.truth()
  if (state === 'unreachable' || state === 'unauthorized') return { why: { code: 'metrics.cluster_away', params } }
  if (!door.mirror.known(services) || !door.mirror.known(endpointSlices)) {
    return { why: { code: 'metrics.cluster_unread', params } }
  }
  const object = door.mirror.get(services, service)
  const ports = listAt(object, 'spec', 'ports').filter((each) => numberAt(each, 'port') === service.port)
  const [named] = ports.map((each) => textAt(each, 'name') ?? '')
  if (named === undefined) {
    const what = `${service.namespace}/${service.name}:${service.port}`
    return { why: { code: 'metrics.service_missing', params: { cluster, service: what } } }
  }
  const [first] = door.mirror
    .list(endpointSlices, service.namespace)
    .filter((slice) => labelsOf(slice)['kubernetes.io/service-name'] === service.name)
    .flatMap((slice) => readyIn(slice, named))
    .toSorted((a, b) => a.pod.name.localeCompare(b.pod.name, 'en'))
  return first ?? { why: { code: 'metrics.no_pod_ready', params } }
}

/** An endpoint that does not say whether it is ready is (Kubernetes discovery/v1 EndpointConditions.ready). */
function readyIn(slice: unknown, portName: string): { pod: Target; port: number }[] {
  const entry = listAt(slice, 'ports').find((each) => (textAt(each, 'name') ?? '') === portName)
  const port = numberAt(entry, 'port')
  if (port === undefined) return []
  return listAt(slice, 'endpoints').flatMap((endpoint) => {
    const [name, namespace] = [textAt(endpoint, 'targetRef', 'name'), textAt(endpoint, 'targetRef', 'namespace')]
    const isReady = flagAt(endpoint, 'conditions', 'ready') !== false
    const isPod = textAt(endpoint, 'targetRef', 'kind') === 'Pod'
    return isReady && isPod && name !== undefined && namespace !== undefined ? [{ pod: { namespace, name }, port }] : []
  })
}
