import type { serviceentryFindings as en } from './text.en.ts'

export const serviceentryFindings: typeof en = {
  serviceentry: {
    'no-address': {
      title: '{{hosts}} 的 TCP 端口 {{port}} 没有地址',
      detail: 'TCP 流量不带主机名。既没有指定也没有分配地址时，代理会把发往该端口的所有流量都发给此服务。',
      fixes: { tls: '按 SNI 区分主机：协议设为 TLS' },
    },
    'protocol-conflict': {
      title: '{{host}} 的端口 {{port}} 有多种协议：{{protocols}}',
      detail: '多个 ServiceEntry 针对同一主机的同一端口。Istio 采用其中一个的协议，代理会误读另一个的流量。',
      fixes: { 'same-protocol': '此处也声明为 {{protocol}}' },
    },
    'port-twice': {
      title: '{{other}} 也针对 {{host}} 的端口 {{port}}',
      detail:
        '在同一命名空间中，Istio 会合并它们的端点；在不同命名空间中，客户端只采用其中一个：自己命名空间的优先，其次是最早创建的。',
    },
    'no-endpoints': {
      title: '{{hosts}} 没有列出任何端点',
      detail: '解析方式为 STATIC 时，Istio 只发往列出的端点，而此处没有端点：请求将返回 503。',
      fixes: { 'by-name': '通过 DNS 解析主机' },
    },
    'selector-empty': {
      title: '{{namespace}} 中没有 Pod 或 WorkloadEntry 带有标签 {{selector}}',
      detail: '这些主机没有端点：请求将返回 503。',
    },
    'host-of-service': {
      title: '{{host}} 是 Kubernetes Service',
      detail: '客户端同时看到两者时，Istio 只采用该 Service，完全忽略此规则。',
    },
    'address-taken': {
      title: '{{other}} 也使用 {{place}}',
      detail: 'TCP 流量不带主机名：发往该地址和端口的流量只会到达其中一个，另一个得不到流量。',
    },
    'plain-on-443': {
      title: '{{hosts}} 的端口 {{port}} 声明为 HTTP，却通往 443',
      detail: '代理会误读使用 TLS 的客户端的流量，明文请求则不加密发出：没有 DestinationRule 为其加上 TLS。',
      fixes: { https: '声明为 HTTPS：客户端自己使用 TLS' },
    },
    'export-nowhere': {
      title: '导出目标命名空间 {{name}} 不存在',
      detail: 'Istio 会接受该规则。以后若创建同名的命名空间，它会看到该规则。',
      fixes: { 'not-there': '移除该命名空间' },
    },
  },
}
