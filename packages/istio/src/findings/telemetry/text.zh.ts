import type { telemetryFindings as en } from './text.en.ts'

export const telemetryFindings: typeof en = {
  telemetry: {
    'selector-empty': {
      title: '{{namespace}} 中没有 Pod 带有标签 {{selector}}',
      detail: '在有这样的 Pod 之前，该规则不作用于任何工作负载。',
      fixes: { 'other-label': '改用那里的 Pod 所带的标签：{{labels}}' },
    },
    'selectors-overlap': {
      title: '{{others}} 也选中了该 Telemetry 的 Pod，例如 {{pod}}',
      detail: '对同一工作负载，Istio 只采用选中它的最早创建的 Telemetry，完全忽略其余。',
    },
    'several-defaults': {
      title: '{{namespace}} 有多个没有选择器的 Telemetry：另有 {{others}}',
      detail: '对该命名空间，Istio 只采用最早创建的一个，完全忽略其余。',
    },
    'no-provider': {
      title: '要求记录访问日志，但没有说明写到哪里',
      detail: 'Istio 会忽略该项：它没有指定提供方，网格也没有访问日志的默认提供方。',
      fixes: { 'to-output': '写到代理的标准输出' },
    },
    lightstep: {
      title: '提供方 {{provider}} 属于 Istio 将放弃的类型',
      detail: 'Lightstep 已弃用：请改用 OpenTelemetry 上报链路追踪。',
      fixes: { 'fit-provider': '改发到 {{right}}' },
    },
    'provider-not-found': {
      title: '网格没有提供方 {{provider}}',
      detail: 'Istio 会忽略该项：{{section}} 的数据不会发往任何地方。',
      fixes: { 'fit-provider': '改发到 {{right}}' },
    },
    'provider-unfit': {
      title: '提供方 {{provider}} 不接收 {{section}}',
      detail: 'Istio 会忽略该项：该提供方有其他用途。',
      fixes: { 'fit-provider': '改发到 {{right}}' },
    },
    'no-traces': {
      title: '不追踪任何请求',
      detail: '随机采样为每 100 个请求抽取 0 个。只有调用方已在追踪的请求会继续被追踪。',
      fixes: { 'say-so': '按本意关闭链路追踪' },
    },
    'filter-syntax': {
      title: '过滤条件不是有效的 CEL 表达式',
      detail: 'Istio 会拒绝该对象：{{expression}}',
    },
    'filter-attribute': {
      title: 'Envoy 没有属性 {{path}}',
      detail: 'Istio 会接受该过滤条件，但 Envoy 无法求值，不会写入任何日志。',
      fixes: { 'near-name': '改为 {{right}}' },
    },
    'filter-type': {
      title: '{{path}} 是数字，而 {{text}} 是字符串',
      detail: 'Istio 会接受该过滤条件，但两者永不相等，不会写入任何日志。',
      fixes: { number: '去掉引号，改为 {{right}}' },
    },
    'filter-never': {
      title: '不会有响应带有这样的状态码',
      detail: 'Istio 会接受该过滤条件，但不会写入任何日志：{{expression}}',
    },
  },
  envoyfilter: {
    relative: {
      title: '{{operation}} 的结果取决于此前的其他补丁',
      detail: '没有 priority 时，EnvoyFilter 按创建时间依次应用：顺序变化可能使该补丁失效。',
      fixes: { order: '设置 priority' },
    },
    'relative-by-version': {
      title: '{{operation}} 依赖仅针对某些代理版本的补丁',
      detail: '升级后那个补丁不再适用，该补丁也随之失效。请设置 priority。',
      fixes: { order: '设置 priority' },
    },
    'replace-ignored': {
      title: 'REPLACE 对 {{applyTo}} 不起作用',
      detail: 'Istio 会忽略该补丁：只能替换过滤器和虚拟主机。',
      fixes: { operation: '改用 {{right}}' },
    },
    'add-ignored': {
      title: 'ADD 对 {{applyTo}} 不起作用',
      detail: 'Istio 会忽略该补丁：不能添加路由配置。',
      fixes: { operation: '改用 {{right}}' },
    },
    'remove-ignored': {
      title: 'REMOVE 对 {{applyTo}} 不起作用',
      detail: 'Istio 会忽略该补丁：不能移除路由配置。',
    },
  },
}
