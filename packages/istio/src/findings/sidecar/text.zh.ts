import type { sidecarFindings as en } from './text.en.ts'

export const sidecarFindings: typeof en = {
  sidecar: {
    'selector-empty': {
      title: '{{namespace}} 中没有 Pod 带有 {{selector}}',
      detail: '该规则不会作用于任何边车。',
      fixes: { 'other-label': '改用那里的 Pod 所带的 {{labels}} 选择' },
    },
    'selectors-overlap': {
      title: '{{others}} 也选中此 Sidecar 的 Pod，例如 {{pod}}',
      detail: '对一个 Pod，Istio 只采用选中它的最早的 Sidecar，忽略其余。',
    },
    'several-defaults': {
      title: '{{namespace}} 有多条没有选择器的 Sidecar，另有 {{others}}',
      detail: 'Istio 在该命名空间只采用最早的一条，忽略其余。',
    },
    ambient: {
      title: '没有边车：工作负载处于 Ambient 模式',
      detail: '该规则对 {{namespace}} 中流量经过 ztunnel 的工作负载不生效。',
    },
    'egress-host-not-found': {
      title: '{{host}} 不对应任何服务',
      detail: '代理不会因此知道任何主机。名称不会补全，请写全名。',
      fixes: { 'full-name': '写成全名 {{name}}' },
    },
    'egress-namespace-not-found': {
      title: '命名空间 {{namespace}} 不存在',
      detail: '在该命名空间出现之前，代理不会因 {{host}} 知道任何主机。',
      fixes: { 'leave-out': '去掉它' },
    },
    'root-selector': {
      title: '根命名空间的 Sidecar 选择了工作负载',
      detail: '没有选择器时它是整个网格的默认值；有选择器时只作用于 {{namespace}} 的工作负载。',
    },
    'outbound-mode-unsaid': {
      title: '出站策略没有写模式',
      detail: '无论网格允许什么，Istio 都视为 REGISTRY_ONLY：无法访问未登记的主机。',
      fixes: { 'say-mode': '写明 REGISTRY_ONLY' },
    },
    'hides-rule': {
      title: '代理得不到 {{rules}}：Sidecar 没有让它们知道 {{hosts}}',
      detail: '只有 Sidecar 导入的主机，其虚拟服务才会下发给代理。调用会直接到达服务。',
      fixes: { know: '让代理知道 {{hosts}}' },
    },
    'hides-provider': {
      title: '代理使用 {{providers}}，却不知道 {{hosts}}',
      detail: '链路追踪、日志和授权都由服务提供，Sidecar 必须像其他服务一样导入它们，否则会失败或丢失。',
      fixes: { know: '让代理知道 {{hosts}}' },
    },
  },
}
