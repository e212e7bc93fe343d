import type { sidecarFindings as en } from './text.en.ts'

export const sidecarFindings: typeof en = {
  sidecar: {
    'selector-empty': {
      title: '{{namespace}} 中没有 Pod 带有标签 {{selector}}',
      detail: '在有这样的 Pod 之前，该规则不作用于任何边车。',
      fixes: { 'other-label': '改用那里的 Pod 所带的标签：{{labels}}' },
    },
    'selectors-overlap': {
      title: '{{others}} 也选中了该 Sidecar 的 Pod，例如 {{pod}}',
      detail: '对同一个 Pod，Istio 只采用选中它的最早创建的 Sidecar，完全忽略其余。',
    },
    'several-defaults': {
      title: '{{namespace}} 有多个没有选择器的 Sidecar：另有 {{others}}',
      detail: '对该命名空间，Istio 只采用最早创建的一个，完全忽略其余。',
    },
    ambient: {
      title: '没有边车：工作负载处于 Ambient 模式',
      detail: '该规则对 {{namespace}} 中流量经过 ztunnel 的工作负载不生效。',
    },
    'egress-host-not-found': {
      title: '{{host}} 不对应任何服务',
      detail: '代理不会因此得知任何服务。主机名不会自动补全，请写全名。',
      fixes: { 'full-name': '改为全名 {{name}}' },
    },
    'egress-namespace-not-found': {
      title: '命名空间 {{namespace}} 不存在',
      detail: '在该命名空间出现之前，代理不会因 {{host}} 得知任何服务。',
      fixes: { 'leave-out': '移除它' },
    },
    'root-selector': {
      title: '根命名空间的 Sidecar 设置了选择器',
      detail: '没有选择器时，它是整个网格的默认配置；有选择器时，只作用于 {{namespace}} 的工作负载。',
    },
    'outbound-mode-unsaid': {
      title: '出站策略没有写明模式',
      detail: '无论网格允许什么，Istio 都将其视为 REGISTRY_ONLY：无法访问未注册的主机。',
      fixes: { 'say-mode': '写明 REGISTRY_ONLY' },
    },
    'hides-rule': {
      title: '代理得不到 {{rules}}：Sidecar 没有导入 {{hosts}}',
      detail: '只有 Sidecar 导入的主机，其 VirtualService 才会下发给代理。调用会绕过这些规则，直接发往服务。',
      fixes: { know: '让 Sidecar 导入 {{hosts}}' },
    },
    'hides-provider': {
      title: '代理使用 {{providers}}，但看不到 {{hosts}}',
      detail:
        '链路追踪、日志和授权都由相应的服务提供，Sidecar 必须像其他服务一样导入它们。在此之前，这些功能会失败或丢失数据。',
      fixes: { know: '让 Sidecar 导入 {{hosts}}' },
    },
  },
}
