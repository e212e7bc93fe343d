import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Mesh } from '../meshes/mesh.ts'
import { revisionOf } from '../meshes/names.ts'
import { kinds } from '../world/kinds.ts'
import { names } from '../world/names.ts'
import { existsGate, loadBalancerGate } from './gates.ts'
import { networkOf } from './network.ts'
import { ownLabels } from './objects.ts'
import { gateOf, type Observed, type Stage, stage, stageId } from './stage.ts'

export const eastWestName = 'istio-eastwestgateway'
export const eastWestAccount = 'istio-eastwestgateway-service-account'

/**
 * Gateways between networks, in every cluster of the mesh, and the one Gateway that opens them (sail
 * docs/deployment-models/resources/east-west-gateway-net1.yaml, expose-services.yaml). istiod finds them by the network
 * label of their Services.
 */
export function eastWestStages(mesh: Mesh, clusters: readonly string[], observed: Observed): Stage[] {
  const primary = mesh.controlPlane.cluster
  const ready = (cluster: string) =>
    cluster === primary ? stageId('control-plane', cluster) : stageId('member-ready', cluster)
  const gateways = clusters.map((cluster) =>
    stage({
      name: 'east-west',
      cluster,
      objects: eastWestObjects(mesh, networkOf(mesh, cluster, observed)),
      after: [ready(cluster)],
      gate: gateOf(cluster, (view) => loadBalancerGate(view, eastWestName, mesh.controlPlane.namespace)),
      deadlineSeconds: 300,
      timeout: 'east-west-timeout',
    }),
  )
  const opened = crossNetworkGateway(mesh)
  const open = stage({
    name: 'cross-network',
    cluster: primary,
    objects: [opened],
    after: [stageId('default-tag', primary)],
    gate: gateOf(primary, (view) => existsGate(view, opened, kinds.gateway)),
    deadlineSeconds: 60,
    timeout: 'cross-network-timeout',
  })
  return [...gateways, open]
}

/** The sample's Role for Secrets is left out: a gateway that passes TLS through loads no certificate of its own. */
function eastWestObjects(mesh: Mesh, network: string): KubernetesObject[] {
  const { namespace } = mesh.controlPlane
  const labels = { ...ownLabels(mesh), app: eastWestName, istio: 'eastwestgateway' }
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: eastWestAccount, namespace, labels } },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: eastWestName, namespace, labels: { ...labels, [names.network]: network } },
      spec: deploymentSpec(revisionOf(mesh), network),
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: eastWestName, namespace, labels: { ...labels, [names.network]: network } },
      spec: {
        type: 'LoadBalancer',
        selector: { app: eastWestName, istio: 'eastwestgateway' },
        ports: [port('status-port', 15021), port('tls', 15443)],
      },
    },
  ]
}

/** The Pod names its revision: in the control-plane namespace, which carries no injection label, that is what decides. */
function deploymentSpec(revision: string, network: string): JsonRecord {
  const selector = { app: eastWestName, istio: 'eastwestgateway' }
  return {
    selector: { matchLabels: selector },
    template: {
      metadata: {
        labels: { ...selector, [names.network]: network, [names.inject]: 'true', [names.revision]: revision },
        annotations: { [names.templates]: 'gateway' },
      },
      spec: {
        serviceAccountName: eastWestAccount,
        securityContext: { sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }] },
        containers: [
          {
            name: 'istio-proxy',
            image: 'auto',
            env: [{ name: 'ISTIO_META_REQUESTED_NETWORK_VIEW', value: network }],
            ports: [{ name: 'tls', containerPort: 15443, protocol: 'TCP' }],
          },
        ],
      },
    },
  }
}

function port(name: string, number: number): JsonRecord {
  return { name, port: number, targetPort: number, protocol: 'TCP' }
}

/** Passes mutual TLS through by its SNI; needed once, where the mesh's configuration lives. */
function crossNetworkGateway(mesh: Mesh): KubernetesObject {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: { name: 'cross-network-gateway', namespace: mesh.controlPlane.namespace, labels: ownLabels(mesh) },
    spec: {
      selector: { istio: 'eastwestgateway' },
      servers: [
        {
          port: { number: 15443, name: 'tls', protocol: 'TLS' },
          tls: { mode: 'AUTO_PASSTHROUGH' },
          hosts: ['*.local'],
        },
      ],
    },
  }
}
