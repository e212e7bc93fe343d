import type { securityFindings as en } from './text.en.ts'

export const securityFindings: typeof en = {
  peerauthentication: {
    duplicate: {
      title: '同级（{{level}}）中更早的 {{winner}} 生效',
      detail: 'Istio 会忽略该策略：同级有多个时只有最早的生效。',
    },
    'root-selector': {
      title: '带选择器的策略在 {{rootNamespace}} 中不生效',
      detail: 'Istio 会忽略它：根命名空间中只有面向整个网格的策略有效。',
    },
  },
  authorizationpolicy: {
    'denies-all': {
      title: '拒绝所有请求（{{scope}}）',
      detail: 'Istio 会接受该策略：没有规则的 ALLOW 不匹配任何请求，未被其他策略允许的请求都会被拒绝。',
    },
    'no-workload': {
      title: '没有涉及任何网格内的工作负载',
      detail: 'Istio 会接受该策略，但 {{namespace}} 中没有带代理的工作负载被选中（{{selector}}）。',
    },
    'namespace-not-found': {
      title: '没有命名空间 {{namespace}}',
      detail: 'Istio 会接受该规则，但没有来自那里的调用。',
    },
  },
  policy: {
    'gateway-selector': {
      title: '选择器（{{selector}}）选中了 Gateway {{gateways}} 的 Pod，但不生效',
      detail: 'Gateway API 的 Gateway 的 Pod 只采用通过 targetRefs 引用它的策略。',
      fixes: { refer: '改为引用 Gateway {{name}}' },
    },
  },
  istiod: {
    'jwks-fetch-open': {
      title: 'istiod 会按规则从任意地址获取密钥（{{count}} 条规则）',
      detail:
        '能写 RequestAuthentication 的人可让 istiod 访问任意地址。请在 istiod 上设置 BLOCKED_CIDRS_IN_JWKS_URIS。',
    },
  },
}
