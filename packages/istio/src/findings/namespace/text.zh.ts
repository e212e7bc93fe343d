import type { namespaceFindings as en } from './text.en.ts'

export const namespaceFindings: typeof en = {
  namespace: {
    'injection-conflict': {
      title: '同时设置了 istio-injection={{value}} 和 istio.io/rev={{revision}}',
      detail: 'Istio 以 istio-injection 为准，忽略 istio.io/rev。',
      fixes: { 'one-label': '移除 {{gone}}', 'stay-outside': '只设置 {{labels}}' },
    },
    'injection-blocked': {
      title: 'istio-injection={{value}} 会阻止注入',
      detail: '只有值为 enabled 时 Istio 才注入；其他值也会阻止主动要求注入的 Pod。',
      fixes: { answered: '设置 {{labels}}：有控制面响应', 'stay-outside': '设置 {{labels}}：保持没有边车' },
    },
    'default-unserved': {
      title: '没有控制面响应 istio-injection=enabled',
      detail: '没有默认修订版本：新 Pod 启动时没有边车，也不会报错。',
      fixes: { answered: '设置 {{labels}}：有控制面响应' },
    },
    'revision-unserved': {
      title: '没有控制面响应修订版本或修订标签 {{revision}}',
      detail: '新 Pod 启动时没有边车，也不会报错。',
      fixes: { answered: '设置 {{labels}}：有控制面响应' },
    },
    'injected-twice': {
      title: '{{first}} 和 {{second}} 都会注入',
      detail: '后者会用自己的边车覆盖前者的边车：Pod 属于哪个控制面无法预料。',
      fixes: { answered: '只设置 {{labels}}：由其中一个响应' },
    },
    'not-injected': {
      title: '{{namespace}} 未要求注入边车',
      detail:
        '其工作负载不在网格内，自行要求注入边车的除外。如需全部纳入，请添加标签 istio-injection=enabled，或用 istio.io/rev 指定为其服务的修订版本。',
      fixes: { 'stay-outside': '设置 {{labels}}：保持在网格之外' },
    },
    'injected-by-default': {
      title: '{{namespace}} 没有标签，注入器默认注入此类命名空间',
      detail: '新 Pod 会带有边车。如不需要，请添加标签 istio-injection=disabled。',
      fixes: { 'say-so': '设置 {{labels}}', 'stay-outside': '设置 {{labels}}' },
    },
    'proxy-image': {
      title: '{{count}} 个 Pod 的代理镜像与当前注入的不同：{{pods}}',
      detail: '新 Pod 使用 {{image}}。重启其工作负载后即可一致。',
    },
    'sidecar-and-ambient': {
      title: '同时要求边车与 istio.io/dataplane-mode={{mode}}',
      detail: '带边车的 Pod 不参与 Ambient 模式，以边车为准。',
      fixes: { 'one-label': '移除 {{gone}}' },
    },
  },
}
