import type { Place } from '@orbweaver/contracts/explain'
import { at, isRecord, listAt, numberAt, stringsAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, type ObjectRef, refOf } from '@orbweaver/contracts/kubernetes'
import { inTextOrder } from '@orbweaver/contracts/text-order'
import type { MeshWorld } from '../../findings/world.ts'
import { byAge } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { hasLabels, type Labels } from '../../world/labels.ts'
import { isHttp, parseProtocol, type Protocol, protocolOf } from '../route/protocols.ts'
import type { Workload } from '../workloads/workload.ts'

/** A host by which a port of a workload is called. */
export type Door = {
  readonly kind: 'Service' | 'ServiceEntry'
  readonly object: KubernetesObject
  readonly ref: ObjectRef
  readonly host: string
  readonly namespace: string
  /** As clients call it, and as the workload's containers have it. */
  readonly port: number
  readonly targetPort: number
  readonly protocol: Protocol
}

/** Hosts that stand for a workload, oldest first: where two have one target port, the first decides (SetServiceTargets). */
export function doorsOf(world: MeshWorld, workload: Workload): Door[] {
  const { view, namespace, labels } = workload
  const selects = (selector: Labels) => Object.keys(selector).length > 0 && hasLabels(labelled(labels), selector)
  const services = view.list(kinds.service, namespace).filter((each) => selects(stringsAt(each, 'spec', 'selector')))
  const entries = world.config
    .list(kinds.serviceEntry, namespace)
    .filter((each) => selects(stringsAt(each, 'spec', 'workloadSelector', 'labels')))
  const doors = [
    ...services.flatMap((each) => serviceDoors(world, workload, each)),
    ...entries.flatMap((each) => entryDoors(world, each)),
  ]
  return doors.toSorted((a, b) => inTextOrder(ageOf(a), ageOf(b)))
}

function labelled(labels: Labels): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: '', labels: { ...labels } } }
}

function serviceDoors(world: MeshWorld, workload: Workload, service: KubernetesObject): Door[] {
  const { namespace = 'default', name } = service.metadata
  return listAt(service, 'spec', 'ports').flatMap((each): Door[] => {
    const port = numberAt(each, 'port')
    const targetPort = targetPortOf(each, workload.spec)
    const protocol = protocolOf(each)
    if (port === undefined || targetPort === undefined || protocol === 'UDP') return []
    const host = `${name}.${namespace}.svc.${world.mesh.domain}`
    return [
      {
        kind: 'Service',
        object: service,
        ref: refOf(workload.view.cluster, service),
        host,
        namespace,
        port,
        targetPort,
        protocol,
      },
    ]
  })
}

function entryDoors(world: MeshWorld, entry: KubernetesObject): Door[] {
  const ref = refOf(world.config.cluster, entry)
  return textsAt(entry, 'spec', 'hosts').flatMap((host) =>
    listAt(entry, 'spec', 'ports').flatMap((each): Door[] => {
      const port = numberAt(each, 'number')
      if (port === undefined) return []
      const protocol = parseProtocol(textAt(each, 'protocol') ?? '')
      const namespace = entry.metadata.namespace ?? 'default'
      return [
        {
          kind: 'ServiceEntry',
          object: entry,
          ref,
          host,
          namespace,
          port,
          targetPort: numberAt(each, 'targetPort') ?? port,
          protocol,
        },
      ]
    }),
  )
}

/** A number, or the name of a port of the Pod's containers; the Service's own where nothing is said. */
function targetPortOf(port: unknown, spec: unknown): number | undefined {
  const number = numberAt(port, 'targetPort')
  if (number !== undefined) return number
  const name = textAt(port, 'targetPort')
  if (name === undefined) return numberAt(port, 'port')
  const containers = [...listAt(spec, 'containers'), ...listAt(spec, 'initContainers')]
  const found = containers.flatMap((each) => listAt(each, 'ports')).find((each) => textAt(each, 'name') === name)
  return numberAt(found, 'containerPort')
}

function ageOf({ object, host }: Door): string {
  return [textAt(object, 'metadata', 'creationTimestamp') ?? '', host].join('\u0000')
}

/** What a sidecar takes a port for: by a host, by a Sidecar's listener, or it was told nothing; or traffic passes it by. */
export type Inbound =
  | { readonly kind: 'door'; readonly door: Door; readonly protocol: Protocol }
  | { readonly kind: 'listener'; readonly place: Place; readonly protocol: Protocol }
  | { readonly kind: 'undeclared'; readonly protocol: Protocol }
  | { readonly kind: 'past'; readonly annotation: string }

/** istio pilot/pkg/networking/core/listener_inbound.go, buildInboundChainConfigs and buildInboundPassthroughChains. */
export function inboundOf(world: MeshWorld, workload: Workload, port: number): Inbound {
  const annotation = leftOutBy(workload, port)
  if (annotation !== undefined) return { kind: 'past', annotation }
  const sidecar = sidecarFor(world, workload)
  const ingress = listAt(sidecar, 'spec', 'ingress')
  if (sidecar !== undefined && ingress.length > 0) {
    const index = ingress.findIndex((each) => numberAt(each, 'port', 'number') === port)
    if (index < 0) return { kind: 'undeclared', protocol: 'Unsupported' }
    const place = { ref: refOf(world.config.cluster, sidecar), pointer: `/spec/ingress/${index}` }
    return { kind: 'listener', place, protocol: parseProtocol(textAt(ingress[index], 'port', 'protocol') ?? '') }
  }
  const door = doorsOf(world, workload).find((each) => each.targetPort === port)
  if (door === undefined) return { kind: 'undeclared', protocol: 'Unsupported' }
  return { kind: 'door', door, protocol: door.protocol }
}

/** Whether HTTP rules are looked at: as the port is declared, else as what is spoken shows. */
export function layerOf(protocol: Protocol, spoken: 'http' | 'tcp'): 'http' | 'tcp' {
  if (protocol === 'Unsupported') return spoken
  return isHttp(protocol) ? 'http' : 'tcp'
}

const included = 'traffic.sidecar.istio.io/includeInboundPorts'
const excluded = 'traffic.sidecar.istio.io/excludeInboundPorts'

/** Ports that are not redirected to the proxy (istio tools/istio-iptables; annotations of the Pod). */
function leftOutBy({ annotations, carrier }: Workload, port: number): string | undefined {
  if (carrier !== 'sidecar') return undefined
  const only = annotations[included]
  const isOne = (list: string) => list.split(',').some((each) => each.trim() === String(port))
  if (only !== undefined && only.trim() !== '*' && !isOne(only)) return included
  return (only === undefined || only.trim() === '*') && isOne(annotations[excluded] ?? '') ? excluded : undefined
}

/** The Sidecar that counts for a workload (istio pilot/pkg/model/sidecar.go). */
function sidecarFor(world: MeshWorld, { namespace, labels, carrier }: Workload): KubernetesObject | undefined {
  if (carrier !== 'sidecar') return undefined
  const lying = (home: string) => world.config.list(kinds.sidecar, home).toSorted(byAge)
  const hasSelector = (each: KubernetesObject) => isRecord(at(each, 'spec', 'workloadSelector'))
  const own = lying(namespace)
  return (
    own.find(
      (each) => hasSelector(each) && hasLabels(labelled(labels), stringsAt(each, 'spec', 'workloadSelector', 'labels')),
    ) ??
    own.find((each) => !hasSelector(each)) ??
    lying(world.mesh.rootNamespace).find((each) => !hasSelector(each))
  )
}
