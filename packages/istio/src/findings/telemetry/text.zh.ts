import type { telemetryFindings as en } from './text.en.ts'

export const telemetryFindings: typeof en = {
  telemetry: {
    'selector-empty': {
      title: '{{namespace}} 中没有 Pod 带有 {{selector}}',
      detail: '该规则不作用于任何工作负载。',
      fixes: { 'other-label': '改用那里的 Pod 所带的 {{labels}} 选择' },
    },
    'selectors-overlap': {
      title: '{{others}} 也选中此 Telemetry 的 Pod，例如 {{pod}}',
      detail: '对一个工作负载，Istio 只采用选中它的最早的 Telemetry，忽略其余。',
    },
    'several-defaults': {
      title: '{{namespace}} 有多条没有选择器的 Telemetry，另有 {{others}}',
      detail: 'Istio 在该命名空间只采用最早的一条，忽略其余。',
    },
    'no-provider': {
      title: '要求写访问日志，但未说明写到哪里',
      detail: 'Istio 会忽略该项：它未指定提供者，网格也没有访问日志的默认提供者。',
      fixes: { 'to-output': '写到代理的标准输出' },
    },
    lightstep: {
      title: '提供者 {{provider}} 属于 Istio 将放弃的类型',
      detail: 'Lightstep 已弃用：请改用 OpenTelemetry 发送链路追踪。',
      fixes: { 'fit-provider': '改发到 {{right}}' },
    },
    'provider-not-found': {
      title: '网格没有提供者 {{provider}}',
      detail: 'Istio 会忽略它：发往它的 {{section}} 无处可去。',
      fixes: { 'fit-provider': '改发到 {{right}}' },
    },
    'provider-unfit': {
      title: '提供者 {{provider}} 不接收 {{section}}',
      detail: 'Istio 会忽略它：它用于其他目的。',
      fixes: { 'fit-provider': '改发到 {{right}}' },
    },
    'no-traces': {
      title: '没有请求会被追踪',
      detail: '每 100 个请求随机抽取 0 个。只有调用方已在追踪的请求会继续。',
      fixes: { 'say-so': '如实关闭链路追踪' },
    },
    'filter-syntax': {
      title: '过滤条件不是 CEL 表达式',
      detail: 'Istio 会拒绝该对象：{{expression}}',
    },
    'filter-attribute': {
      title: 'Envoy 没有属性 {{path}}',
      detail: 'Istio 会接受该条件，但 Envoy 无法求值，不会写任何日志。',
      fixes: { 'near-name': '改写为 {{right}}' },
    },
    'filter-type': {
      title: '{{path}} 是数字，而 {{text}} 是文本',
      detail: 'Istio 会接受该条件，但两者永不相等，不会写任何日志。',
      fixes: { number: '去掉引号，写 {{right}}' },
    },
    'filter-never': {
      title: '没有响应会有这样的状态码',
      detail: 'Istio 会接受该条件，但不会写任何日志：{{expression}}',
    },
  },
  envoyfilter: {
    relative: {
      title: '{{operation}} 取决于其他补丁先做了什么',
      detail: '没有 priority 时按创建时间先后应用：顺序变化可能使此补丁失效。',
      fixes: { order: '设置 priority' },
    },
    'relative-by-version': {
      title: '{{operation}} 取决于仅针对某些代理版本的补丁',
      detail: '升级后那个补丁不再生效，此补丁也随之失效。请设置 priority。',
      fixes: { order: '设置 priority' },
    },
    'replace-ignored': {
      title: 'REPLACE 对 {{applyTo}} 无效',
      detail: 'Istio 会忽略：只能替换过滤器与虚拟主机。',
      fixes: { operation: '改用 {{right}}' },
    },
    'add-ignored': {
      title: 'ADD 对 {{applyTo}} 无效',
      detail: 'Istio 会忽略：不能添加路由配置。',
      fixes: { operation: '改用 {{right}}' },
    },
    'remove-ignored': {
      title: 'REMOVE 对 {{applyTo}} 无效',
      detail: 'Istio 会忽略：不能删除路由配置。',
    },
  },
}
