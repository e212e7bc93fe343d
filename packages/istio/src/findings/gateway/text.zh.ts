import type { gatewayFindings as en } from './text.en.ts'

export const gatewayFindings: typeof en = {
  gateway: {
    'selector-empty': {
      title: '没有网关 Pod 带有 {{selector}}',
      detail: 'Istio 会接受该规则，但没有网关打开这些端口。',
    },
  },
}
