import type { peerFindings as en } from './text.en.ts'

export const peerFindings: typeof en = {
  peerauthentication: {
    duplicate: {
      title: '同级（{{level}}）中更早的 {{winner}} 生效',
      detail: 'Istio 会忽略该策略：同级有多个时只有最早的生效。',
    },
    'root-selector': {
      title: '带选择器的策略在 {{rootNamespace}} 中不生效',
      detail: 'Istio 会忽略它：根命名空间中只有面向整个网格的策略有效。',
    },
    'no-workload': {
      title: '{{namespace}} 中没有 Pod 带有 {{selector}}',
      detail: 'Istio 会接受该策略，但它不涉及任何工作负载。',
      fixes: { 'other-label': '改用那里的 Pod 所带的 {{labels}} 选择' },
    },
    overlap: {
      title: '更早的 {{winner}} 也选中了 {{pod}}',
      detail: '选中同一工作负载的策略中，Istio 只采用最早的一个：在那里本策略不生效。',
    },
    'port-not-found': {
      title: '该策略的 Pod 都不提供端口 {{port}}',
      detail: 'Istio 会忽略该设置：这里的端口是 Pod 的端口（{{targets}}），不是服务的端口。',
      fixes: { 'port-of-pods': '改写为 {{port}}，即其后 Pod 的端口' },
    },
    'strict-without-proxy': {
      title: 'STRICT 对 {{count}} 个没有代理的 Pod 不起作用，例如 {{namespace}}/{{pod}}',
      detail: '没有谁替它们拒绝明文；它们自己发出的明文会被有代理的一方拒绝。请注入边车，或放宽它们所调用的一方。',
    },
    'permissive-left': {
      title: '仍接受明文，而所有 Pod 都已有代理',
      detail: 'PERMISSIVE 用于迁入网格的过渡期：这里已不再需要。',
      fixes: { 'other-mode': '设为 {{mode}}' },
    },
    disabled: {
      title: '双向 TLS 已关闭',
      detail: '流量为明文，调用方没有身份：按主体或命名空间的规则都无法匹配。',
      fixes: { 'other-mode': '设为 {{mode}}' },
    },
    'port-plain': {
      title: '{{by}} 要求 STRICT，而端口 {{port}} 为明文',
      detail:
        '调用该端口时不使用双向 TLS，调用方在此没有身份：按主体或命名空间的规则都无法匹配，凡是能访问该 Pod 的都能调用它。',
      fixes: { 'other-mode': '设为 {{mode}}' },
    },
    'port-permissive': {
      title: '{{by}} 要求 STRICT，而端口 {{port}} 仍接受明文',
      detail:
        '没有双向 TLS 的调用方会被放行，且没有身份。如果本就要允许这类调用方（例如采集指标的一方），这正是其用途；按主体的规则会拒绝它们。',
      fixes: { 'other-mode': '设为 {{mode}}' },
    },
    'clients-plain': {
      title: '只接受双向 TLS，却没有让客户端发送它',
      detail: '网格关闭了自动双向 TLS，也没有针对这些服务的 DestinationRule 设置 ISTIO_MUTUAL：请求会被拒绝。',
    },
  },
}
