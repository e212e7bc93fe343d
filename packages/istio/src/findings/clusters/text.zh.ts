import type { clusterFindings as en } from './text.en.ts'

export const clusterFindings: typeof en = {
  meshnetworks: {
    invalid: {
      title: '网络配置无效：{{fault}}',
      detail: 'istiod 不会采用其中任何一个：继续使用之前的配置，重启后则没有网络。',
    },
    'registry-unknown': {
      title: '网络 {{network}} 取用 {{registry}} 的端点，但没有远程 Secret 提到该集群',
      detail: '除非它就是控制面所在的集群，否则没有端点会归入该网络。',
    },
  },
  multicluster: {
    'service-differs': {
      title: '该 Service 与集群 {{clusters}} 中的不一致：{{fields}}',
      detail: 'Istio 把同名 Service 视为同一个服务，并合并所有集群的端点：不一致的内容取决于所看的集群。',
    },
    'node-ports-differ': {
      title: '该 Service 在集群 {{clusters}} 中的节点端口不同',
      detail: '网格内的流量不使用节点端口；仅影响通过节点访问的客户端。',
    },
  },
}
