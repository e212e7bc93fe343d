import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { account, namespace, node, service, workload } from './objects.ts'

export type Ground = {
  name: string
  region: string
  zones: string[]
  kubernetes: string
  instance: string
  hostNetwork: string
}

/** Nodes, one or two a zone, and what runs in kube-system everywhere. */
export function clusterGround({ name, region, zones, kubernetes, instance, hostNetwork }: Ground): KubernetesObject[] {
  const nodes = zones.map((zone, index) =>
    node({
      name: `${name}-node-${index + 1}`,
      region,
      zone,
      kubelet: kubernetes,
      address: `${hostNetwork}.${index + 11}`,
      instance,
    }),
  )
  const dns = { 'k8s-app': 'kube-dns' }
  return [
    ...nodes,
    workload({
      namespace: 'kube-system',
      name: 'coredns',
      image: 'registry.k8s.io/coredns/coredns:v1.12.4',
      replicas: 2,
      port: 53,
      podLabels: dns,
    }),
    service({ namespace: 'kube-system', name: 'kube-dns', selector: dns, port: 53, portName: 'dns-tcp' }),
  ]
}

/** The Sail Operator as its chart installs it: what tells a console that an engine is there. */
export function sailOperator(image: string): KubernetesObject[] {
  const place = 'sail-operator'
  const labels = {
    'app.kubernetes.io/created-by': 'sailoperator',
    'app.kubernetes.io/part-of': 'sailoperator',
    'control-plane': 'sail-operator',
  }
  const deployment = workload({
    namespace: place,
    name: 'sail-operator',
    image,
    account: 'sail-operator',
    podLabels: labels,
  })
  return [
    namespace(place),
    account(place, 'sail-operator'),
    { ...deployment, metadata: { ...deployment.metadata, labels: { ...deployment.metadata.labels, ...labels } } },
  ]
}
