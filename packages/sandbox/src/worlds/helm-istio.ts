import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { renderRevision } from '../actors/sail/render.ts'
import { account, namespace, service, workload } from './objects.ts'

export type HelmIstio = { version: string; values: JsonRecord }

/** An Istio that somebody installed with Helm: charts base and istiod, revision default. */
export async function helmIstio({ version, values }: HelmIstio): Promise<KubernetesObject[]> {
  const place = 'istio-system'
  const objects = await renderRevision({ name: 'default', namespace: place, version, profile: 'default', values })
  return [namespace(place), ...objects.map((object) => released(object, releaseOf(object)))]
}

function releaseOf(object: KubernetesObject): string {
  const { name } = object.metadata
  return name === 'istiod-default-validator' || name === 'istio-reader-service-account' ? 'istio-base' : 'istiod'
}

function released(object: KubernetesObject, release: string): KubernetesObject {
  const annotations = {
    ...object.metadata.annotations,
    'meta.helm.sh/release-name': release,
    'meta.helm.sh/release-namespace': 'istio-system',
  }
  const labels = { ...object.metadata.labels, release, 'app.kubernetes.io/instance': release }
  return { ...object, metadata: { ...object.metadata, annotations, labels } }
}

/** Chart gateway: the proxy is put in by injection, image `auto`. */
export function ingressGateway(place: string): KubernetesObject[] {
  const name = 'istio-ingressgateway'
  const deployment = workload({
    namespace: place,
    name,
    container: 'istio-proxy',
    image: 'auto',
    replicas: 2,
    account: name,
    podLabels: { istio: 'ingressgateway', 'sidecar.istio.io/inject': 'true' },
    podAnnotations: { 'inject.istio.io/templates': 'gateway' },
  })
  const selector = { app: name, istio: 'ingressgateway' }
  return [
    namespace(place),
    account(place, name),
    deployment,
    service({ namespace: place, name, selector, port: 443, portName: 'https', type: 'LoadBalancer' }),
  ]
}
