import type { serviceFindings as en } from './text.en.ts'

export const serviceFindings: typeof en = {
  service: {
    'port-name': {
      title: '端口 {{port}} 未说明协议',
      detail:
        'Istio 会通过流量内容区分 HTTP 与 TCP。请以协议命名端口（http、grpc-web、tcp-…），或设置 appProtocol；如由服务端先发送数据，请写 tcp。',
      fixes: {
        'say-http': '写明 HTTP，与其规则或同一 Pod 的另一服务一致',
        'say-tcp': '说明该端口为纯 TCP',
        'say-tls': '写明 TLS，与其规则一致',
      },
    },
    'app-protocol': {
      title: 'Istio 不认识端口 {{port}} 的 appProtocol {{said}}',
      detail: '它遮住了名称所说的协议：Istio 会通过流量内容区分 HTTP 与 TCP；由服务端先发送数据时会等待。',
      fixes: {
        'by-name': '去掉它：名称 {{name}} 已说明协议',
        'say-http': '写明 HTTP，与其规则或同一 Pod 的另一服务一致',
        'say-tcp': '说明该端口为纯 TCP',
        'say-tls': '写明 TLS，与其规则一致',
      },
    },
    'external-port-name': {
      title: 'ExternalName 服务的端口 {{port}} 除 TCP 外未说明协议',
      detail: 'Istio 会把发往该端口的全部流量（不论主机）都当作此服务的流量。请以实际协议命名端口。',
      fixes: { say: '声明其协议为 {{protocol}}' },
    },
    'no-endpoints': {
      title: '{{namespace}} 中没有 Pod 带有 {{selector}}',
      detail: '该服务在网格的任何集群中都没有端点：请求会得到 503。',
      fixes: { 'select-workload': '改为选择 {{labels}}，即同名工作负载的 Pod' },
    },
    'target-name-not-found': {
      title: '没有容器的端口名为 {{target}}',
      detail: '端口 {{port}} 没有端点：请求会得到 503。Pod 声明的端口为 {{ports}}。',
      fixes: { 'declared-port': '指向 {{right}}' },
    },
    'target-port-not-found': {
      title: '没有容器声明端口 {{target}}',
      detail: '容器可以监听未声明的端口。如果确实没有，连接端口 {{port}} 会被拒绝。Pod 声明的端口为 {{ports}}。',
      fixes: { 'declared-port': '指向 {{right}}' },
    },
    'partly-in-mesh': {
      title: '{{total}} 个 Pod 中有 {{outside}} 个没有代理，例如 {{pod}}',
      detail: '服务端规则、双向 TLS 与指标只对其余 Pod 有效：请求遇到哪一个无法确定。',
    },
    'protocol-conflict': {
      title: '{{service}} 对同一 Pod 端口 {{target}} 写明 {{application}}',
      detail: 'Pod 的一个端口只有一个监听器。Istio 采用更早的服务的协议，忽略此处的协议。',
      fixes: { 'same-protocol': '此处也写 {{application}}' },
    },
    'headless-port': {
      title: '端口 {{port}} 指向 {{target}}，而该服务是无头服务',
      detail: '客户端得到 Pod 的地址，并连接其端口 {{port}}，那里没有谁监听：没有谁转换端口。',
      fixes: { 'port-of-pods': '改为端口 {{target}}' },
    },
    'export-to-not-found': {
      title: '导出到不存在的命名空间：{{namespaces}}',
      detail: 'Istio 会接受它。应当看到该服务的一方可能看不到。',
      fixes: { 'near-name': '改写为 {{value}}' },
    },
  },
}
