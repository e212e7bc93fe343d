import { listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { KubeClient } from '@orbweaver/kube/client'
import { endpointSlices, services } from '@orbweaver/kube/resources'
import type { Directory } from './connect-target.ts'

/** One cluster as the proxies see it. */
export type DirectoryEntry = {
  readonly name: string
  readonly api: KubeClient
  readonly kubeletPort: number
  /** Loopback ports of the istiods that run for this cluster's Pods: Pod address, then container port. */
  readonly istiods: ReadonlyMap<string, ReadonlyMap<number, number>>
}

const holds = (service: KubernetesObject, address: string): boolean =>
  listAt(service, 'status', 'loadBalancer', 'ingress').some(
    (ingress) => textAt(ingress, 'ip') === address || textAt(ingress, 'hostname') === address,
  )

/** Asks the clusters each time: connections to webhooks are few and kept open, and an answer is never stale. */
export const directoryOf = (entries: readonly DirectoryEntry[]): Directory => {
  const entry = (cluster: string) => entries.find(({ name }) => name === cluster)
  return {
    serviceWithClusterIp: async (cluster, address) => {
      const found = await entry(cluster)?.api.list(services, { fieldSelector: `spec.clusterIP=${address}` })
      return found?.items[0]
    },
    serviceWithLoadBalancer: async (address) => {
      for (const { name, api } of entries) {
        const { items } = await api.list(services, { fieldSelector: 'spec.type=LoadBalancer' })
        const service = items.find((each) => holds(each, address))
        if (service !== undefined) return { cluster: name, service }
      }
      return undefined
    },
    endpointSlices: async (cluster, { metadata }) => {
      const labelSelector = `kubernetes.io/service-name=${metadata.name}`
      const namespace = metadata.namespace ?? 'default'
      const found = await entry(cluster)?.api.list(endpointSlices, { namespace, labelSelector })
      return found?.items ?? []
    },
    istiodPort: (cluster, podIp, containerPort) => entry(cluster)?.istiods.get(podIp)?.get(containerPort),
    kubeletPort: (cluster) => entry(cluster)?.kubeletPort,
  }
}
