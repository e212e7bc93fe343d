import type { clusterFindings as en } from './text.en.ts'

export const clusterFindings: typeof en = {
  meshnetworks: {
    invalid: {
      title: '网络配置无效：{{fault}}',
      detail: 'istiod 一个网络也不会采用：它继续使用之前的配置，重启后则没有任何网络。',
    },
    'registry-unknown': {
      title: '网络 {{network}} 使用 {{registry}} 的端点，但没有对应的远程 Secret',
      detail: '除非它就是控制面所在的集群，否则不会有端点归入该网络。',
    },
  },
  multicluster: {
    'service-differs': {
      title: '该 Service 与集群 {{clusters}} 中的不一致：{{fields}}',
      detail: 'Istio 把同名 Service 视为同一个服务，并合并所有集群的端点：不一致的内容取决于它读取的是哪个集群。',
    },
    'node-ports-differ': {
      title: '该 Service 在集群 {{clusters}} 中的节点端口不同',
      detail: '网格内的流量不使用节点端口；只影响经由节点访问的客户端。',
    },
  },
}
