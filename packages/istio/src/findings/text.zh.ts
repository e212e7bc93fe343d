import type { findingText as english } from './text.en.ts'

export const findingText: typeof english = {
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
    'weight-refused': {
      title: '权重 {{weight}} 不是大于等于 0 的整数',
      detail: 'Istio 会拒绝该规则。',
    },
    'weight-sum-zero': {
      title: '该路由的所有权重都是 0',
      detail: 'Istio 会拒绝该规则。',
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
  gateway: {
    'selector-empty': {
      title: '没有网关 Pod 带有 {{selector}}',
      detail: 'Istio 会接受该规则，但没有网关打开这些端口。',
    },
  },
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
  namespace: {
    'injection-conflict': {
      title: '同时设置了 istio-injection={{value}} 和 istio.io/rev={{revision}}',
      detail: 'Istio 以 istio-injection 为准，忽略 istio.io/rev。',
    },
    'injection-blocked': {
      title: 'istio-injection={{value}} 会阻止注入',
      detail: '只有值为 enabled 时 Istio 才注入；其他值也会阻止主动要求注入的 Pod。',
    },
    'default-unserved': {
      title: '没有控制面响应 istio-injection=enabled',
      detail: '没有默认修订版本：新 Pod 启动时没有边车，也不会报错。',
    },
    'revision-unserved': {
      title: '没有控制面响应修订版本或标签 {{revision}}',
      detail: '新 Pod 启动时没有边车，也不会报错。',
    },
    'injected-twice': {
      title: '{{first}} 和 {{second}} 同时注入',
      detail: '后者会用自己的边车覆盖前者的边车：Pod 属于哪个控制面无法确定。',
    },
  },
  workload: {
    'other-revision': {
      title: '{{total}} 个 Pod 中有 {{pending}} 个属于 {{revision}}，新 Pod 属于 {{expected}}',
      detail: '重启后迁移。',
    },
    'older-proxy': {
      title: '{{total}} 个 Pod 中有 {{pending}} 个的边车版本为 {{version}}，新 Pod 为 {{expectedVersion}}',
      detail: '重启后更新。',
    },
    missing: {
      title: '{{total}} 个 Pod 中有 {{pending}} 个应有边车但没有',
      detail: '它们在设置标签之前创建：重启后注入。',
    },
    unwanted: {
      title: '{{total}} 个 Pod 中有 {{pending}} 个不应有边车但仍有',
      detail: '重启后移除。',
    },
  },
}
