import type { destinationruleFindings as en } from './text.en.ts'

export const destinationruleFindings: typeof en = {
  destinationrule: {
    'host-not-found': {
      title: '没有名为 {{host}} 的服务',
      detail: 'Istio 会接受该规则，但不生效。不含点号的名称在 {{namespace}} 中查找。',
      fixes: { 'full-name': '写成 {{name}}，这是唯一同名的服务' },
    },
    'host-not-visible': {
      title: '{{host}} 没有导出给 {{namespace}}',
      detail: 'Istio 会接受该规则，但对 {{namespace}} 的客户端不生效：它们不认识该主机。',
    },
    'host-not-everywhere': {
      title: '并非规则生效的所有位置都能看到 {{host}}',
      detail: '规则的导出范围大于 {{host}}，在 {{namespace}} 之外不生效。',
    },
    'host-wildcard': {
      title: '{{host}} 代表其下的所有服务',
      detail:
        '该规则对所有这类服务（包括以后新增的）生效；存在更具体的目标规则时，Istio 只采用那一条，完全忽略此规则。',
    },
    'system-ca': {
      title: '没有为 {{host}} 指定 CA，由系统 CA 校验其证书',
      detail: '代理镜像中任一 CA 为该主机签发的证书都会被接受，私有 CA 签发的证书会被拒绝。',
      fixes: { 'name-ca': '指定 CA：{{path}}' },
    },
    'port-system-ca': {
      title: '没有为 {{host}} 的端口 {{port}} 指定 CA，由系统 CA 校验其证书',
      detail: '代理镜像中任一 CA 为该主机签发的证书都会被接受，私有 CA 签发的证书会被拒绝。',
      fixes: { 'name-ca': '指定 CA：{{path}}' },
    },
    'server-unverified': {
      title: '不校验 {{host}} 的证书',
      detail: '设置了 insecureSkipVerify：流量虽加密，但任何人都可以冒充该主机应答。',
      fixes: { 'name-ca': '用 {{path}} 中的 CA 校验' },
    },
    'port-server-unverified': {
      title: '不校验 {{host}} 端口 {{port}} 的证书',
      detail: '设置了 insecureSkipVerify：流量虽加密，但任何人都可以冒充该主机应答。',
      fixes: { 'name-ca': '用 {{path}} 中的 CA 校验' },
    },
    'subset-empty': {
      title: '{{host}} 没有 Pod 属于服务版本 {{subset}}',
      detail: 'Istio 会接受该规则，但路由到该服务版本的请求将返回 503。其选择的标签为 {{labels}}。',
    },
    'subset-of-others': {
      title: '{{host}} 的服务版本 {{subset}} 只选中其他服务的 Pod',
      detail:
        'Istio 会接受该规则，但路由到该服务版本的请求将返回 503。其选择的标签为 {{labels}}，该主机没有这样的端点。',
    },
  },
}
