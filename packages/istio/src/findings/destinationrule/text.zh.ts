import type { destinationruleFindings as en } from './text.en.ts'

export const destinationruleFindings: typeof en = {
  destinationrule: {
    'host-not-found': {
      title: '没有名为 {{host}} 的服务',
      detail: '该规则不生效。不含点号的名称在 {{namespace}} 中查找。',
      fixes: {
        'full-name': '改为 {{name}}：唯一同名的服务',
        'near-name': '改为 {{name}}：名称相近的服务',
      },
    },
    'host-not-visible': {
      title: '{{host}} 没有导出到 {{namespace}}',
      detail: '该规则对 {{namespace}} 的客户端不生效：它们看不到该主机。',
      fixes: { export: '将该主机导出到 {{namespace}}' },
    },
    'host-not-everywhere': {
      title: '{{host}} 并非在规则的整个导出范围内可见',
      detail: '规则的导出范围大于 {{host}} 的导出范围，在 {{namespace}} 之外不生效。',
      fixes: { 'own-namespace': '规则只导出到 {{namespace}}' },
    },
    'host-wildcard': {
      title: '{{host}} 代表其下的所有服务',
      detail:
        '该规则对所有这类服务生效，包括以后新增的；若存在主机更具体的 DestinationRule，Istio 只采用后者，完全忽略此规则。',
    },
    'system-ca': {
      title: '没有为 {{host}} 指定 CA，由系统 CA 校验其证书',
      detail: '只要证书适用于该主机，且由代理镜像中的任一 CA 签发，Istio 就会接受；私有 CA 签发的证书会被拒绝。',
      fixes: { 'name-ca': '指定 CA：{{path}}' },
    },
    'port-system-ca': {
      title: '没有为 {{host}} 的端口 {{port}} 指定 CA，由系统 CA 校验其证书',
      detail: '只要证书适用于该主机，且由代理镜像中的任一 CA 签发，Istio 就会接受；私有 CA 签发的证书会被拒绝。',
      fixes: { 'name-ca': '指定 CA：{{path}}' },
    },
    'server-unverified': {
      title: '{{host}} 的证书未经校验',
      detail: '设置了 insecureSkipVerify：流量虽加密，但任何人都可以冒充该主机应答。',
      fixes: { 'name-ca': '用 {{path}} 中的 CA 校验' },
    },
    'port-server-unverified': {
      title: '{{host}} 端口 {{port}} 的证书未经校验',
      detail: '设置了 insecureSkipVerify：流量虽加密，但任何人都可以冒充该主机应答。',
      fixes: { 'name-ca': '用 {{path}} 中的 CA 校验' },
    },
    'subset-empty': {
      title: '{{host}} 没有 Pod 属于服务版本 {{subset}}',
      detail: 'Istio 会接受该规则，但在有这样的 Pod 之前，路由到该服务版本的请求将返回 503。它按标签 {{labels}} 选择。',
      fixes: { 'other-label': '改用 {{value}} 的 Pod 所带的标签：{{label}}' },
    },
    'subset-of-others': {
      title: '{{host}} 的服务版本 {{subset}} 只选中了其他服务的 Pod',
      detail:
        'Istio 会接受该规则，但路由到该服务版本的请求将返回 503。它按标签 {{labels}} 选择，而该主机没有这样的端点。',
      fixes: { 'other-label': '改用 {{value}} 的 Pod 所带的标签：{{label}}' },
    },
    'policy-dropped': {
      title: '{{rule}} 已经有针对 {{host}} 的策略',
      detail: 'Istio 会合并同一命名空间中针对同一主机的规则，并保留最早创建的规则的策略：此处的策略不生效。',
    },
    'subset-dropped': {
      title: '{{rule}} 已经定义了 {{host}} 的服务版本 {{subset}}',
      detail: 'Istio 会合并同一命名空间中针对同一主机的规则，同名的服务版本只保留最早创建的规则中的。',
      fixes: { rename: '改名为 {{name}}' },
    },
    'subset-without-labels': {
      title: '服务版本 {{subset}} 不按任何标签选择，等同于整个 {{host}}',
      detail: '可用来单独设置策略；路由到它的请求会到达所有版本。',
      fixes: { 'by-version': '按标签 version 选择：{{name}}' },
    },
    'hides-owners': {
      title: '{{namespace}} 的客户端完全不采用 {{rule}}，即 {{host}} 所有者的规则',
      detail: 'Istio 只采用客户端所在命名空间的规则。此处缺少：{{missing}}。路由到缺少的服务版本的请求将返回 503。',
      fixes: { 'take-over': '补上缺少的内容' },
    },
    'no-clients': {
      title: '{{namespace}} 中没有客户端使用该规则访问 {{host}}',
      detail:
        '客户端只在自己的命名空间、主机所在的 {{owner}} 和根命名空间中查找规则。{{namespace}} 中没有运行的 Pod：无论导出到哪里，该规则都不生效。',
    },
    'port-drops-policy': {
      title: '端口 {{port}} 有自己的设置，不再采用主机的设置：{{settings}}',
      detail: 'Istio 用端口的设置整体取代主机的设置，而不是与之叠加。',
      fixes: { repeat: '在该端口上重复这些设置' },
    },
    'subset-drops-policy': {
      title: '服务版本 {{subset}} 有自己的 {{setting}}，其中没有主机所设的 {{lost}}',
      detail: 'Istio 用服务版本的设置整体取代主机的同名设置。',
      fixes: { repeat: '在该服务版本上重复其余设置' },
    },
    'tls-twice': {
      title: '客户端以 TLS 访问 {{host}} 的端口 {{ports}}，代理又加密一次（{{mode}}）',
      detail: '服务端收到两层嵌套的 TLS，会断开连接，除非客户端向声明为 TLS 的端口发送的是明文。',
      fixes: { 'no-tls': '由客户端自行使用 TLS' },
    },
    'export-nowhere': {
      title: '导出目标命名空间 {{name}} 不存在',
      detail: 'Istio 会接受该规则。以后若创建同名的命名空间，它会看到该规则。',
      fixes: { 'not-there': '移除该命名空间' },
    },
    'ambient-without-waypoint': {
      title: '{{host}} 处于 Ambient 模式，但没有 waypoint',
      detail: 'ztunnel 不执行这类策略：Ambient 模式的客户端访问该服务时不受其影响。',
    },
    'ambient-elsewhere': {
      title: '{{host}} 的 waypoint 采用 {{namespace}} 的规则，不采用该规则所在命名空间的',
      detail: 'Istio 会接受该规则，但只有带边车的客户端使用它。',
    },
  },
}
