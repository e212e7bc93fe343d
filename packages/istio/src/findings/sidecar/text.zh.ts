import type { sidecarFindings as en } from './text.en.ts'

export const sidecarFindings: typeof en = {
  sidecar: {
    'selector-empty': {
      title: '{{namespace}} 中没有 Pod 带有 {{selector}}',
      detail: 'Istio 会接受该规则，但不会作用于任何边车。',
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
      detail: 'Istio 会接受该规则，但对 {{namespace}} 中流量经过 ztunnel 的工作负载不生效。',
    },
  },
}
