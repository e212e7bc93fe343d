import type { metadataFindings as en } from './text.en.ts'

export const metadataFindings: typeof en = {
  annotation: {
    unknown: {
      title: 'Istio 没有名为 {{name}} 的注解',
      detail: '该注解不生效：它本应设置的内容保持不变。',
      fixes: { rename: '改名为 {{name}}' },
    },
    misplaced: {
      title: '注解 {{name}} 在 {{kind}} 上不生效',
      detail: 'Istio 只在 {{kinds}} 上查找该注解。要作用于工作负载的 Pod，应写在其 Pod 模板中。',
      fixes: { 'to-template': '把 {{name}} 移到 Pod 模板中' },
    },
    invalid: {
      title: '{{value}} 不是 {{name}} 的有效值',
      detail: '注入器会拒绝带有该值的 Pod：这些 Pod 不会被创建。',
      fixes: { 'use-value': '改为 {{meant}}' },
    },
    deprecated: {
      title: '注解 {{name}} 已弃用',
      detail: 'Istio 目前仍支持该注解，新版本可能不再支持。',
      fixes: { 'to-label': '改用标签 sidecar.istio.io/inject' },
    },
  },
  metadata: {
    'not-text': {
      title: '{{key}} 的值 {{value}} 不是字符串',
      detail: 'API 服务器会拒绝该对象：标签和注解的值必须是字符串，数字以及 on、yes 之类的词要加引号。',
      fixes: { quote: '改为带引号的 "{{value}}"' },
    },
  },
  condition: {
    negative: {
      title: '{{type}} 不成立：{{reason}}',
      detail: '这是控制面对该对象的判断，所涉及的部分不生效。{{message}}',
    },
    'gateway-api': {
      title: '{{type}} 不成立：{{reason}}',
      detail: '这是控制器对该对象的判断，流量可能不会经过该对象。{{message}}',
    },
  },
  crd: {
    'version-low': {
      title: '该 CRD 来自 Gateway API {{installed}}，Istio 至少需要 {{lowest}}',
      detail: 'istiod 不会监视该类型：其对象不会生效。请安装更新的 CRD。',
    },
    'version-high': {
      title: 'Istio {{version}} 按 {{before}} 读取该类型，而该 CRD 提供的是 {{served}}',
      detail:
        'Gateway API 的版本对该 Istio 而言过新：这些对象不会生效。Istio {{since}} 及更高版本会读取此处提供的版本。',
    },
  },
  deprecated: {
    'delay-percent': {
      title: '延迟的 percent 字段已弃用',
      detail: 'Istio 会延迟 {{percent}} % 的请求。percentage 含义相同，且支持小数。',
      fixes: { percentage: '改用 percentage' },
    },
    'egress-proxy': {
      title: 'egressProxy 不生效',
      detail: 'Istio 会忽略该字段：发往未知主机的流量按所设模式直接送出。',
      fixes: { 'leave-out': '移除 egressProxy' },
    },
    kind: {
      title: 'Istio 不再支持类型 {{kind}}',
      detail: '该类型的对象不生效，已由 AuthorizationPolicy 取代。',
    },
  },
}
