import type { peerFindings as en } from './text.en.ts'

export const peerFindings: typeof en = {
  peerauthentication: {
    duplicate: {
      title: '同级（{{level}}）策略中，由创建更早的 {{winner}} 生效',
      detail: 'Istio 会忽略该策略：同级的多个策略中，只有最早创建的生效。',
    },
    'root-selector': {
      title: '带选择器的策略在 {{rootNamespace}} 中不生效',
      detail: 'Istio 会忽略该策略：根命名空间中只有面向整个网格的策略有效。',
    },
    'no-workload': {
      title: '{{namespace}} 中没有 Pod 带有标签 {{selector}}',
      detail: 'Istio 会接受该策略，但它不涉及任何工作负载。',
      fixes: { 'other-label': '改用那里的 Pod 所带的标签：{{labels}}' },
    },
    overlap: {
      title: '创建更早的 {{winner}} 也选中了 {{pod}}',
      detail: '对选中同一工作负载的策略，Istio 只采用最早创建的一个：该策略对这个工作负载不生效。',
    },
    'port-not-found': {
      title: '该策略选中的 Pod 都没有端口 {{port}}',
      detail: 'Istio 会忽略该设置：此处的端口是 Pod 的端口（{{targets}}），不是 Service 的端口。',
      fixes: { 'port-of-pods': '改为 {{port}}：其对应的 Pod 端口' },
    },
    'strict-without-proxy': {
      title: 'STRICT 对 {{count}} 个没有代理的 Pod 不起作用，例如 {{namespace}}/{{pod}}',
      detail:
        '没有代理替它们拒绝明文；它们自己发出的明文会被有代理的一方拒绝。请为它们注入边车，或对它们所调用的一方放宽要求。',
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
        '调用该端口时不使用双向 TLS，调用方在此没有身份：按主体或命名空间的规则都无法匹配，凡是能访问到该 Pod 的客户端都能调用该端口。',
      fixes: { 'other-mode': '设为 {{mode}}' },
    },
    'port-permissive': {
      title: '{{by}} 要求 STRICT，而端口 {{port}} 仍接受明文',
      detail:
        '没有使用双向 TLS 的调用方会被放行，且没有身份。若本就要放行这类调用方（例如采集指标的组件），这正是该设置的用途；按主体的规则会拒绝它们。',
      fixes: { 'other-mode': '设为 {{mode}}' },
    },
    'clients-plain': {
      title: '只接受双向 TLS，却没有让客户端使用双向 TLS',
      detail: '网格关闭了自动双向 TLS，也没有针对这些服务的 DestinationRule 设置 ISTIO_MUTUAL：请求会被拒绝。',
    },
  },
}
