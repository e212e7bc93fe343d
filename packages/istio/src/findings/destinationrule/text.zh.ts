import type { destinationruleFindings as en } from './text.en.ts'

export const destinationruleFindings: typeof en = {
  destinationrule: {
    'host-not-found': {
      title: '没有名为 {{host}} 的服务',
      detail: '该规则不生效。不含点号的名称在 {{namespace}} 中查找。',
      fixes: {
        'full-name': '写成 {{name}}，这是唯一同名的服务',
        'near-name': '写成 {{name}}，这是名称相近的服务',
      },
    },
    'host-not-visible': {
      title: '{{host}} 没有导出给 {{namespace}}',
      detail: '该规则对 {{namespace}} 的客户端不生效：它们不认识该主机。',
      fixes: { export: '把该主机导出给 {{namespace}}' },
    },
    'host-not-everywhere': {
      title: '并非规则生效的所有位置都能看到 {{host}}',
      detail: '规则的导出范围大于 {{host}}，在 {{namespace}} 之外不生效。',
      fixes: { 'own-namespace': '让规则只在 {{namespace}} 生效' },
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
      fixes: { 'other-label': '按 {{value}} 的 Pod 具有的标签选择：{{label}}' },
    },
    'subset-of-others': {
      title: '{{host}} 的服务版本 {{subset}} 只选中其他服务的 Pod',
      detail:
        'Istio 会接受该规则，但路由到该服务版本的请求将返回 503。其选择的标签为 {{labels}}，该主机没有这样的端点。',
      fixes: { 'other-label': '按 {{value}} 的 Pod 具有的标签选择：{{label}}' },
    },
    'policy-dropped': {
      title: '{{rule}} 已经有针对 {{host}} 的策略',
      detail: 'Istio 会合并同一命名空间中针对同一主机的规则，并保留最早的策略：此处的不生效。',
    },
    'subset-dropped': {
      title: '{{rule}} 已经定义了 {{host}} 的服务版本 {{subset}}',
      detail: 'Istio 会合并同一命名空间中针对同一主机的规则，同名服务版本只保留最早的。',
      fixes: { rename: '改名为 {{name}}' },
    },
    'subset-without-labels': {
      title: '服务版本 {{subset}} 没有标签，等于整个 {{host}}',
      detail: '可用于单独的策略；路由到它的请求会到达所有版本。',
      fixes: { 'by-version': '按标签 version 选择：{{name}}' },
    },
    'hides-owners': {
      title: '{{namespace}} 的客户端不采用 {{rule}}，即 {{host}} 所有者的规则',
      detail: 'Istio 只采用客户端命名空间中的规则。此处缺少：{{missing}}。路由到缺少的服务版本的请求将返回 503。',
      fixes: { 'take-over': '补上缺少的内容' },
    },
    'no-clients': {
      title: '{{namespace}} 中没有客户端使用该规则访问 {{host}}',
      detail:
        '客户端只查找自己的命名空间、主机所在的 {{owner}} 和根命名空间。{{namespace}} 中没有运行的 Pod：无论导出到何处，该规则都不生效。',
    },
    'port-drops-policy': {
      title: '端口 {{port}} 有自己的设置，不再采用主机的 {{settings}}',
      detail: 'Istio 用端口的设置替换主机的全部设置，而不是叠加。',
      fixes: { repeat: '为该端口重复这些设置' },
    },
    'subset-drops-policy': {
      title: '服务版本 {{subset}} 有自己的 {{setting}}，缺少主机的 {{lost}}',
      detail: 'Istio 用服务版本的设置整体替换主机的同名设置。',
      fixes: { repeat: '为该服务版本重复其余设置' },
    },
    'tls-twice': {
      title: '客户端以 TLS 访问 {{host}} 的端口 {{ports}}，代理又加密一次（{{mode}}）',
      detail: '服务端收到的是 TLS 中的 TLS 并断开连接，除非客户端向声明为 TLS 的端口发送明文。',
      fixes: { 'no-tls': 'TLS 由客户端处理' },
    },
    'export-nowhere': {
      title: '导出的命名空间 {{name}} 不存在',
      detail: 'Istio 会接受。以后创建同名命名空间时，它会看到该规则。',
      fixes: { 'not-there': '去掉该命名空间' },
    },
    'ambient-without-waypoint': {
      title: '{{host}} 处于 Ambient 模式且没有 waypoint',
      detail: 'ztunnel 不处理这类策略：Ambient 模式的客户端访问该服务时不经过这些策略。',
    },
    'ambient-elsewhere': {
      title: '{{host}} 的 waypoint 采用 {{namespace}} 的规则，而不是该命名空间的',
      detail: 'Istio 会接受该规则，但只有带边车的客户端使用它。',
    },
  },
}
