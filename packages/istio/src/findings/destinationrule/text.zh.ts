import type { destinationruleFindings as en } from './text.en.ts'

export const destinationruleFindings: typeof en = {
  destinationrule: {
    'host-not-found': {
      title: '没有名为 {{host}} 的服务',
      detail: 'Istio 会接受该规则，但不生效。不含点号的名称在 {{namespace}} 中查找。',
    },
    'subset-empty': {
      title: '{{host}} 没有 Pod 属于服务版本 {{subset}}',
      detail: 'Istio 会接受该规则，但路由到该服务版本的请求将返回 503。其选择的标签为 {{labels}}。',
    },
  },
}
