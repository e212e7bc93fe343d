import { createHash } from 'node:crypto'
import {
  at,
  type Json,
  type JsonRecord,
  listAt,
  recordAt,
  sameJson,
  stringsAt,
  textAt,
} from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { endpointSlices, nodes, pods, services } from '@orbweaver/kube/resources'
import {
  type ActorContext,
  type Controller,
  isDeleting,
  keyOf,
  type ObjectKey,
  startController,
  unlessExisting,
  unlessMissing,
} from '../controller.ts'
import { isReady } from './pod-state.ts'
import { controllerReference, isControlledBy } from './pod-template.ts'

const SERVICE = 'kubernetes.io/service-name'
const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by'
const CONTROLLER = 'endpointslice-controller.k8s.io'

/** One EndpointSlice for each Service that has a selector; Services without one are somebody else's. */
export function startEndpointSlices(context: ActorContext): Controller {
  const cache = context.caches.of(services)
  const reconcile = async (key: ObjectKey): Promise<void> => {
    const service = cache.get(key.namespace, key.name)
    if (service === undefined || isDeleting(service)) return
    const selector = stringsAt(service, 'spec', 'selector')
    if (Object.keys(selector).length === 0 || textAt(service, 'spec', 'type') === 'ExternalName') return
    const slices = context.caches.of(endpointSlices).list(key.namespace)
    const found = slices.find((each) => isControlledBy(each, service.metadata.uid))
    const name = found?.metadata.name ?? nameOf(key)
    const wanted = sliceOf(context, service, { name, before: listAt(found, 'endpoints') })
    if (found === undefined) await unlessExisting(context.client.create(endpointSlices, wanted))
    else if (
      !sameJson(at(found, 'endpoints'), at(wanted, 'endpoints')) ||
      !sameJson(at(found, 'ports'), at(wanted, 'ports'))
    ) {
      const body = { endpoints: wanted.endpoints, ports: wanted.ports }
      await unlessMissing(
        context.client.patch(endpointSlices, { namespace: key.namespace, name }, { type: 'merge', body }),
      )
    }
  }
  return startController(context, {
    name: 'endpointslice-controller',
    watches: [
      { resource: services, keys: (service) => [keyOf(service)] },
      { resource: pods, keys: (pod) => selecting(cache.list(pod.metadata.namespace), pod) },
      { resource: endpointSlices, keys: ownService },
    ],
    reconcile,
    workers: 8,
  })
}

/** The Service's name and five letters, as generateName would append them. */
function nameOf({ namespace, name }: ObjectKey): string {
  return `${name}-${createHash('sha256').update(`${namespace}/${name}`).digest('hex').slice(0, 5)}`
}

function matches(service: KubernetesObject, labels: Record<string, string>): boolean {
  const selector = Object.entries(stringsAt(service, 'spec', 'selector'))
  return selector.length > 0 && selector.every(([key, value]) => labels[key] === value)
}

function selecting(all: KubernetesObject[], pod: KubernetesObject): ObjectKey[] {
  const labels = labelsOf(pod)
  return all.filter((service) => matches(service, labels)).map(keyOf)
}

function ownService(slice: KubernetesObject): ObjectKey[] {
  const labels = labelsOf(slice)
  const name = labels[SERVICE]
  const own = labels[MANAGED_BY] === CONTROLLER && name !== undefined
  return own ? [{ namespace: slice.metadata.namespace ?? '', name }] : []
}

/** Endpoints keep their place; new ones come last, by name. */
function sliceOf(
  context: ActorContext,
  service: KubernetesObject,
  { name, before }: { name: string; before: Json[] },
): KubernetesObject {
  const { namespace = 'default' } = service.metadata
  const places = new Map(before.map((each, index) => [textAt(each, 'targetRef', 'uid'), index]))
  const place = (pod: KubernetesObject): number => places.get(pod.metadata.uid) ?? before.length
  const chosen = context.caches
    .of(pods)
    .list(namespace)
    .filter((pod) => matches(service, labelsOf(pod)) && textAt(pod, 'status', 'podIP') !== undefined)
    .toSorted((a, b) => place(a) - place(b) || a.metadata.name.localeCompare(b.metadata.name))
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name,
      namespace,
      labels: { ...labelsOf(service), [SERVICE]: service.metadata.name, [MANAGED_BY]: CONTROLLER },
      ownerReferences: [controllerReference({ apiVersion: 'v1', kind: 'Service', object: service })],
    },
    addressType: 'IPv4',
    endpoints: chosen.map((pod) => endpointOf(context, pod)),
    ports: listAt(service, 'spec', 'ports').map((port) => portOf(port, chosen[0])),
  }
}

function endpointOf(context: ActorContext, pod: KubernetesObject): JsonRecord {
  const nodeName = textAt(pod, 'spec', 'nodeName') ?? ''
  const node = context.caches.of(nodes).get('', nodeName)
  const zone = node === undefined ? undefined : labelsOf(node)['topology.kubernetes.io/zone']
  const [ready, terminating] = [isReady(pod) && !isDeleting(pod), isDeleting(pod)]
  const { namespace = '', name, uid } = pod.metadata
  return {
    addresses: [textAt(pod, 'status', 'podIP') ?? ''],
    conditions: { ready, serving: isReady(pod), terminating },
    nodeName,
    targetRef: { kind: 'Pod', namespace, name, uid: uid ?? '' },
    ...(zone === undefined ? {} : { zone }),
  }
}

/** A named targetPort is looked up in the first Pod, as all of them come from one template. */
function portOf(port: Json, pod: KubernetesObject | undefined): JsonRecord {
  const entry = recordAt(port)
  const target = entry.targetPort ?? entry.port
  const named = (container: Json): Json[] =>
    listAt(container, 'ports').filter((each) => textAt(each, 'name') === target)
  const found = typeof target === 'string' ? listAt(pod, 'spec', 'containers').flatMap(named)[0] : undefined
  const number = found === undefined ? target : at(found, 'containerPort')
  return {
    name: textAt(entry, 'name') ?? '',
    port: typeof number === 'number' ? number : 0,
    protocol: textAt(entry, 'protocol') ?? 'TCP',
  }
}
