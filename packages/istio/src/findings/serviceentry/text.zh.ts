import type { serviceentryFindings as en } from './text.en.ts'

export const serviceentryFindings: typeof en = {
  serviceentry: {
    'no-address': {
      title: '{{hosts}} 的 TCP 端口 {{port}} 没有地址',
      detail: 'TCP 流量不带主机名。没有指定或分配地址时，代理会把发往该端口的全部流量发给此服务。',
      fixes: { tls: '按 SNI 区分主机：协议设为 TLS' },
    },
    'protocol-conflict': {
      title: '{{host}} 的端口 {{port}} 有多种协议：{{protocols}}',
      detail: '多条服务条目针对同一主机的同一端口。Istio 采用其中一条的协议，代理会误读另一种流量。',
      fixes: { 'same-protocol': '此处也写 {{protocol}}' },
    },
    'port-twice': {
      title: '{{other}} 也针对 {{host}} 的端口 {{port}}',
      detail:
        '在同一命名空间中 Istio 会合并它们的端点；在不同命名空间中客户端只采用其中一条：自己命名空间的优先，其次是最早的。',
    },
    'no-endpoints': {
      title: '{{hosts}} 没有列出任何端点',
      detail: '解析方式为 STATIC 时 Istio 只发往列出的端点，而这里没有：客户端得到 503。',
      fixes: { 'by-name': '通过 DNS 解析主机' },
    },
    'selector-empty': {
      title: '{{namespace}} 中没有 Pod 或工作负载条目带有 {{selector}}',
      detail: '这些主机没有端点，客户端得到 503。',
    },
    'host-of-service': {
      title: '{{host}} 是 Kubernetes 服务',
      detail: '客户端同时看到两者时，Istio 只采用该服务，完全忽略此规则。',
    },
    'address-taken': {
      title: '{{other}} 也有 {{place}}',
      detail: 'TCP 流量不带主机名：发往该地址和端口的流量只会到达其中一个，另一个得不到流量。',
    },
    'plain-on-443': {
      title: '{{hosts}} 的端口 {{port}} 声明为 HTTP，却通往 443',
      detail: '代理会误读使用 TLS 的客户端，明文请求则不加密发出：没有目标规则为其加上 TLS。',
      fixes: { https: '声明为 HTTPS：客户端自己使用 TLS' },
    },
    'export-nowhere': {
      title: '导出的命名空间 {{name}} 不存在',
      detail: 'Istio 会接受。以后创建同名命名空间时，它会看到该规则。',
      fixes: { 'not-there': '去掉该命名空间' },
    },
  },
}
