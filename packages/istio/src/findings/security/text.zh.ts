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
  },
}
