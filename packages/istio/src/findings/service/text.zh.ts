import type { serviceFindings as en } from './text.en.ts'

export const serviceFindings: typeof en = {
  service: {
    'port-name': {
      title: '端口 {{port}} 没有说明协议',
      detail:
        'Istio 会检测流量内容，以区分 HTTP 与 TCP。请以协议命名端口（http、grpc-web、tcp-…）或设置 appProtocol；若由服务端先发送数据，请写 tcp。',
      fixes: {
        'say-http': '写明 HTTP：其规则或同一组 Pod 的另一服务也是如此',
        'say-tcp': '写明该端口为纯 TCP',
        'say-tls': '写明 TLS：其规则也是如此',
      },
    },
    'app-protocol': {
      title: 'Istio 不识别端口 {{port}} 的 appProtocol {{said}}',
      detail:
        '它会掩盖端口名称所说明的协议：Istio 会检测流量内容，以区分 HTTP 与 TCP；若由服务端先发送数据，则会等待。',
      fixes: {
        'by-name': '移除它：名称 {{name}} 已说明协议',
        'say-http': '写明 HTTP：其规则或同一组 Pod 的另一服务也是如此',
        'say-tcp': '写明该端口为纯 TCP',
        'say-tls': '写明 TLS：其规则也是如此',
      },
    },
    'external-port-name': {
      title: 'ExternalName 服务的端口 {{port}} 除 TCP 外没有说明协议',
      detail: 'Istio 会把发往该端口的所有流量都当作该服务的流量，不论目标主机是什么。请以实际使用的协议命名端口。',
      fixes: { say: '写明其协议为 {{protocol}}' },
    },
    'no-endpoints': {
      title: '{{namespace}} 中没有 Pod 带有标签 {{selector}}',
      detail: '该服务在网格的任何集群中都没有端点：请求将返回 503。',
      fixes: { 'select-workload': '改为选择 {{labels}}：同名工作负载的 Pod' },
    },
    'target-name-not-found': {
      title: '没有容器声明名为 {{target}} 的端口',
      detail: '端口 {{port}} 没有端点：HTTP 请求将返回 503，其他连接会被关闭。Pod 声明的端口为 {{ports}}。',
      fixes: { 'declared-port': '指向 {{right}}' },
    },
    'target-port-not-found': {
      title: '没有容器声明端口 {{target}}',
      detail:
        '容器可以监听未声明的端口。若此处确实没有容器监听，连接端口 {{port}} 会被拒绝。Pod 声明的端口为 {{ports}}。',
      fixes: { 'declared-port': '指向 {{right}}' },
    },
    'partly-in-mesh': {
      title: '{{total}} 个 Pod 中有 {{outside}} 个没有代理，例如 {{pod}}',
      detail: '服务端规则、双向 TLS 和指标只对其余 Pod 有效：请求会遇到哪一种 Pod 无法预料。',
    },
    'protocol-conflict': {
      title: '{{service}} 将同一组 Pod 的端口 {{target}} 声明为 {{application}}',
      detail: 'Pod 的一个端口只有一个监听器。Istio 采用更早创建的服务所声明的协议，忽略该服务的。',
      fixes: { 'same-protocol': '此处也声明为 {{application}}' },
    },
    'headless-port': {
      title: '端口 {{port}} 指向 {{target}}，而该服务是无头服务',
      detail: '客户端得到 Pod 的地址，直接连接其端口 {{port}}，而那里没有进程监听：无头服务不会转换端口。',
      fixes: { 'port-of-pods': '改为端口 {{target}}' },
    },
    'export-to-not-found': {
      title: '导出目标命名空间不存在：{{namespaces}}',
      detail: 'Istio 会接受该服务，但本应看到它的客户端可能看不到它。',
      fixes: { 'near-name': '改为 {{value}}' },
    },
  },
}
