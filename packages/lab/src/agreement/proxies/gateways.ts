import { make } from '../draft.ts'
import { add, type Platform, podOf, running, sliceOf } from './platform.ts'

/** A gateway's Pod. */
export type GatewayPod = { readonly namespace: string; readonly name: string }

type Ports = Parameters<typeof sliceOf>[0]['ports']

const servicePorts = (ports: Ports) =>
  ports.map(({ name, number, target }) => ({ name, port: number, targetPort: target, protocol: 'TCP' }))

const router = { name: 'istio-proxy', image: 'docker.io/istio/proxyv2:1.32.0', args: ['proxy', 'router'] }

/** What Gateways of Istio select to be served by. */
export const ingress = { istio: 'ingressgateway' }

/** Istio's own gateway at the edge: its Pod and its Service. */
export function ingressGateway(made: Platform, ports: Ports, annotations?: Record<string, string>): GatewayPod {
  const named = { name: 'istio-ingressgateway', namespace: 'istio-system', ports }
  const pod = podOf(made, { ...named, version: '1' })
  const labels = { ...ingress, app: named.name, 'security.istio.io/tlsMode': 'istio' }
  const gateway = {
    ...pod,
    metadata: { ...pod.metadata, labels, annotations: { ...pod.metadata.annotations, ...annotations } },
    spec: { nodeName: 'node-a', serviceAccountName: named.name, containers: [router] },
  }
  add(
    made,
    make('Service', named.name, {
      namespace: named.namespace,
      spec: { type: 'LoadBalancer', clusterIP: '10.96.1.1', selector: ingress, ports: servicePorts(ports) },
    }),
    gateway,
    sliceOf({ ...named, pods: [gateway] }),
  )
  return { namespace: named.namespace, name: gateway.metadata.name }
}

/** What istiod makes for the Gateway `front` of the Gateway API: its Pod and its Service. */
export function frontGateway(made: Platform, ports: Ports): GatewayPod {
  const [namespace] = made.namespaces
  const selector = { 'gateway.networking.k8s.io/gateway-name': 'front' }
  const labels = { ...selector, 'gateway.istio.io/managed': 'istio.io-gateway-controller' }
  const pod = make('Pod', 'front-istio-1', {
    namespace,
    labels: { ...labels, 'security.istio.io/tlsMode': 'istio' },
    annotations: { 'sidecar.istio.io/status': '{}' },
    spec: { nodeName: 'node-b', serviceAccountName: 'front-istio', containers: [router] },
    status: running(`10.244.0.${made.nextAddress++}`),
  })
  add(
    made,
    make('GatewayClass', 'istio', { spec: { controllerName: 'istio.io/gateway-controller' } }),
    make('Service', 'front-istio', {
      namespace,
      labels,
      spec: { type: 'LoadBalancer', clusterIP: '10.96.1.2', selector, ports: servicePorts(ports) },
    }),
    pod,
    sliceOf({ name: 'front-istio', namespace, ports, pods: [pod] }),
  )
  return { namespace, name: pod.metadata.name }
}
