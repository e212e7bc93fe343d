import type { ClusterLayout } from './cluster-layout.ts'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

/** A region a cluster and three zones: enough for locality rules to differ. */
const zones = ['a', 'b', 'c']

const addressIn = (cidr: string, third: number, last: number): string => {
  const [first = '10', second = '0'] = cidr.split('.')
  return `${first}.${second}.${third}.${last}`
}

/** One for each kubelet; more than there are zones share them. */
export const nodesOf = (layout: ClusterLayout): readonly KubernetesObject[] =>
  layout.kubelets.map((kubelet, index) => {
    const zone = zones[index % zones.length] ?? ''
    const name = `${layout.name}-node-${index + 1}`
    const room = { cpu: '64', memory: '256Gi', pods: '1000', 'ephemeral-storage': '1Ti' }
    return {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {
        name,
        labels: {
          'kubernetes.io/hostname': name,
          'kubernetes.io/os': 'linux',
          'kubernetes.io/arch': 'amd64',
          'topology.kubernetes.io/region': `region-${layout.name}`,
          'topology.kubernetes.io/zone': `region-${layout.name}-${zone}`,
        },
      },
      spec: { podCIDR: addressIn(layout.podCidr, index * 16, 0).concat('/20') },
      status: {
        capacity: room,
        allocatable: room,
        addresses: [
          { type: 'InternalIP', address: addressIn(layout.podCidr, 255, index + 1) },
          { type: 'Hostname', address: name },
        ],
        nodeInfo: {
          // Without it istiod takes the nodes for too old for native sidecars: kwok's own answer is no version.
          kubeletVersion: kubelet,
          kubeProxyVersion: kubelet,
          architecture: 'amd64',
          operatingSystem: 'linux',
          containerRuntimeVersion: 'containerd://2.1.4',
          kernelVersion: '6.1.0',
          osImage: 'Debian GNU/Linux 12 (bookworm)',
          bootID: '',
          machineID: '',
          systemUUID: '',
        },
      },
    }
  })
