import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Mesh } from '../meshes/mesh.ts'
import { entranceName, revisionOf } from '../meshes/names.ts'
import { kinds } from '../world/kinds.ts'
import { names } from '../world/names.ts'
import { loadBalancerAddress, loadBalancerGate } from './gates.ts'
import { hole } from './holes.ts'
import { ownLabels } from './objects.ts'
import { gateOf, type Observed, type Stage, stage, stageId } from './stage.ts'

/**
 * How members reach istiod of this revision: xDS on 15012, webhooks on 15017, and on 443 too, because a member that
 * knows the entrance by host name has an ExternalName Service, which cannot map ports.
 */
function entranceService(mesh: Mesh): KubernetesObject {
  const revision = revisionOf(mesh)
  const { annotations, loadBalancerIP } = mesh.controlPlane.entrance
  const port = (name: string, number: number, targetPort: number) => ({
    name,
    port: number,
    targetPort,
    protocol: 'TCP',
  })
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: entranceName(revision),
      namespace: mesh.controlPlane.namespace,
      labels: { ...ownLabels(mesh), [names.revision]: revision },
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    },
    spec: {
      type: 'LoadBalancer',
      ...(loadBalancerIP === undefined ? {} : { loadBalancerIP }),
      selector: { app: 'istiod', [names.revision]: revision },
      ports: [port('tls-xds', 15012, 15012), port('tls-webhook', 15017, 15017), port('https-webhook', 443, 15017)],
    },
  }
}

/** No stage for a given address: what answers there is somebody else's. */
export function entranceStages(mesh: Mesh): Stage[] {
  if (mesh.controlPlane.entrance.type === 'Address') return []
  const { cluster, namespace } = mesh.controlPlane
  const service = entranceService(mesh)
  return [
    stage({
      name: 'entrance',
      cluster,
      objects: [service],
      after: [stageId('namespace', cluster)],
      gate: gateOf(cluster, (view) => loadBalancerGate(view, service.metadata.name, namespace)),
      deadlineSeconds: 300,
      timeout: 'entrance-timeout',
    }),
  ]
}

/** The address members dial, or the hole that stands for it until the load balancer has answered. */
export function entranceAddress(mesh: Mesh, observed: Observed): string {
  const { cluster, namespace, entrance } = mesh.controlPlane
  if (entrance.type === 'Address') return entrance.address ?? hole('entrance address')
  const view = observed.get(cluster)?.view
  const service = view?.get(kinds.service, entranceName(revisionOf(mesh)), namespace)
  return loadBalancerAddress(service) ?? hole('entrance address')
}
