import type { virtualserviceFindings as en } from './text.en.ts'

export const virtualserviceFindings: typeof en = {
  virtualservice: {
    'host-not-found': {
      title: '没有名为 {{host}} 的服务',
      detail: 'Istio 会接受该规则，但发往 {{host}} 的请求将返回 503。不含点号的名称在 {{namespace}} 中查找。',
    },
    'gateway-not-found': {
      title: '网关规则 {{gateway}} 不存在',
      detail: 'Istio 会接受该规则，但在该处不生效：{{namespace}} 中没有 {{name}}。',
    },
    'subset-not-found': {
      title: '没有目标规则定义 {{host}} 的服务版本 {{subset}}',
      detail: 'Istio 会接受该规则，但路由到该处的请求将返回 503。',
    },
    'weight-sum': {
      title: '权重之和为 {{sum}}，不是 100',
      detail: 'Istio 会接受，并按占 {{sum}} 的比例分配。',
    },
    'weight-ignored': {
      title: '唯一目标的权重不起作用',
      detail: '只有一个目标时，Istio 会把全部流量发往该目标。',
    },
  },
}
