import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Mesh } from '../meshes/mesh.ts'
import { revisionOf } from '../meshes/names.ts'
import { eastWestPort, type GatewaySettings } from '../meshes/networks.ts'
import { kinds } from '../world/kinds.ts'
import { names } from '../world/names.ts'
import type { ClusterView } from '../world/view.ts'
import { existsGate, loadBalancerGate } from './gates.ts'
import { networkOf } from './network.ts'
import { ownLabels } from './objects.ts'
import { type GateVerdict, gateOf, type Observed, type Stage, stage, stageId } from './stage.ts'

export const eastWestName = 'istio-eastwestgateway'
export const eastWestAccount = 'istio-eastwestgateway-service-account'
export const crossNetworkName = 'cross-network-gateway'

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
      objects: eastWestObjects(mesh, settingsOf(mesh, cluster), networkOf(mesh, cluster, observed)),
      after: [ready(cluster)],
      gate: gateOf(cluster, (view) => serviceGate(view, mesh, cluster)),
      deadlineSeconds: 300,
      timeout: 'east-west-timeout',
    }),
  )
  if (!mesh.networks.exposeServices) return gateways
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

function settingsOf(mesh: Mesh, cluster: string): GatewaySettings | undefined {
  return mesh.networks.gateways.find((each) => each.cluster === cluster)
}

/** Nobody is asked for an address where one was given: what answers there is somebody else's. */
function serviceGate(view: ClusterView, mesh: Mesh, cluster: string): GateVerdict {
  const { namespace } = mesh.controlPlane
  if (!isGiven(settingsOf(mesh, cluster))) return loadBalancerGate(view, eastWestName, namespace)
  return existsGate(
    view,
    { apiVersion: 'v1', kind: 'Service', metadata: { name: eastWestName, namespace } },
    kinds.service,
  )
}

function isGiven(settings: GatewaySettings | undefined): boolean {
  return settings !== undefined && settings.addresses.length > 0
}

/**
 * The sample's Role for Secrets is left out: a gateway that passes TLS through loads no certificate of its own. With given
 * addresses the Service is a NodePort: something in front leads to it, and istiod takes no address from it by itself.
 */
function eastWestObjects(mesh: Mesh, settings: GatewaySettings | undefined, network: string): KubernetesObject[] {
  const { namespace } = mesh.controlPlane
  const labels = { ...ownLabels(mesh), app: eastWestName, istio: 'eastwestgateway' }
  const annotations = settings?.annotations ?? {}
  const annotated = Object.keys(annotations).length === 0 ? {} : { annotations }
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: eastWestAccount, namespace, labels } },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: eastWestName, namespace, labels: { ...labels, [names.network]: network } },
      spec: deploymentSpec(revisionOf(mesh), settings, network),
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: eastWestName, namespace, labels: { ...labels, [names.network]: network }, ...annotated },
      spec: {
        type: isGiven(settings) ? 'NodePort' : 'LoadBalancer',
        selector: { app: eastWestName, istio: 'eastwestgateway' },
        ports: [port('status-port', 15021), port('tls', eastWestPort)],
      },
    },
  ]
}

/** The Pod names its revision: in the control-plane namespace, which carries no injection label, that is what decides. */
function deploymentSpec(revision: string, settings: GatewaySettings | undefined, network: string): JsonRecord {
  const { replicas, resources = {} } = settings ?? {}
  const selector = { app: eastWestName, istio: 'eastwestgateway' }
  return {
    ...(replicas === undefined ? {} : { replicas }),
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
            ports: [{ name: 'tls', containerPort: eastWestPort, protocol: 'TCP' }],
            ...(Object.keys(resources).length === 0 ? {} : { resources }),
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
    metadata: { name: crossNetworkName, namespace: mesh.controlPlane.namespace, labels: ownLabels(mesh) },
    spec: {
      selector: { istio: 'eastwestgateway' },
      servers: [
        {
          port: { number: eastWestPort, name: 'tls', protocol: 'TLS' },
          tls: { mode: 'AUTO_PASSTHROUGH' },
          hosts: ['*.local'],
        },
      ],
    },
  }
}
