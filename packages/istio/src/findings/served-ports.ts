import { listAt, numberAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../world/kinds.ts'
import type { Labels } from '../world/labels.ts'
import { namespaceOf } from '../world/namespace-of.ts'
import { type Application, applicationOf } from './port-protocols.ts'
import { defineIndex, type Index } from './index-of.ts'
import { podsIn } from './pods.ts'
import type { MeshWorld } from './world.ts'

/** One port of a Service with a selector. */
export type ServedPort = {
  cluster: string
  service: KubernetesObject
  selector: Labels
  index: number
  port: number
  /** The port of its Pods: a number, or what the Pods call it. */
  target: number | string
  application: Application
}

/** Ports of Services by their namespace; under `*` all of them. */
const portsByNamespace: Index<ServedPort> = defineIndex({
  name: 'ports of services by namespace',
  kinds: [kinds.service],
  where: 'every',
  entries: (service, cluster) =>
    servedBy(service, cluster).flatMap((each): [string, ServedPort][] => [
      [namespaceOf(service), each],
      ['*', each],
    ]),
})

export function servedBy(service: KubernetesObject, cluster: string): ServedPort[] {
  const selector = stringsAt(service, 'spec', 'selector')
  if (Object.keys(selector).length === 0) return []
  return listAt(service, 'spec', 'ports').map((each, index) => {
    const port = numberAt(each, 'port') ?? 0
    const named = textAt(each, 'targetPort') ?? ''
    const numbered = numberAt(each, 'targetPort') ?? 0
    const target = named === '' ? (numbered === 0 ? port : numbered) : named
    return { cluster, service, selector, index, port, target, application: applicationOf(each) }
  })
}

/** Ports of Services over workloads of a namespace (`*`: of the mesh) that have these labels. */
export function portsOver(world: MeshWorld, namespace: string, labels: Labels): ServedPort[] {
  return world
    .look(portsByNamespace, namespace)
    .filter(({ service, selector }) => share(world, { namespace: namespaceOf(service), one: labels, other: selector }))
}

type Both = { namespace: string; one: Labels; other: Labels }

/** Whether two selectors of a namespace concern the same workloads: one asks for no more than the other, or a Pod has both. */
export function share(world: MeshWorld, { namespace, one, other }: Both): boolean {
  if (isWithin(one, other) || isWithin(other, one)) return true
  const isSplit = Object.entries(one).some(([key, value]) => other[key] !== undefined && other[key] !== value)
  if (isSplit) return false
  return podsIn(world, namespace, { ...one, ...other }).length > 0
}

function isWithin(few: Labels, many: Labels): boolean {
  return Object.entries(few).every(([key, value]) => many[key] === value)
}

/** Numbers of a target port in the Pods that have it: by name they may differ. */
export function targetNumbers(pods: readonly KubernetesObject[], target: number | string): number[] {
  if (typeof target === 'number') return [target]
  const numbers = pods.flatMap(containerPorts).filter(({ name }) => name === target)
  return [...new Set(numbers.map(({ number }) => number))]
}

export type ContainerPort = { name: string; number: number; protocol: string; pointer: string }

/** Ports that the containers of a Pod, or of a workload's template, declare. */
export function containerPorts(object: KubernetesObject): ContainerPort[] {
  const place = object.kind === 'Pod' ? ['spec'] : ['spec', 'template', 'spec']
  return ['containers', 'initContainers'].flatMap((list) =>
    listAt(object, ...place, list).flatMap((container, index) =>
      listAt(container, 'ports').map((each, at) => ({
        name: textAt(each, 'name') ?? '',
        number: numberAt(each, 'containerPort') ?? 0,
        protocol: textAt(each, 'protocol') ?? 'TCP',
        pointer: `/${[...place, list].join('/')}/${index}/ports/${at}`,
      })),
    ),
  )
}
