import type { virtualserviceFindings as en } from './text.en.ts'

export const virtualserviceFindings: typeof en = {
  virtualservice: {
    'host-not-found': {
      title: '没有名为 {{host}} 的服务',
      detail: 'Istio 会接受该规则，但发往 {{host}} 的请求将返回 503。不含点号的名称在 {{namespace}} 中查找。',
      fixes: {
        'full-name': '写成 {{name}}，这是唯一同名的服务',
        'service-entry': '用服务条目登记 {{host}}',
      },
    },
    'host-not-everywhere': {
      title: '并非规则生效的所有位置都能看到 {{host}}',
      detail: '规则的导出范围大于 {{host}}：{{namespace}} 的边车可以访问，其他命名空间的请求将返回 503。',
    },
    'host-not-visible': {
      title: '{{host}} 没有导出给 {{namespace}}',
      detail: 'Istio 会接受该规则，但 {{namespace}} 的边车不认识该主机，请求将返回 503。',
    },
    'port-not-found': {
      title: '{{host}} 没有端口 {{port}}',
      detail: 'Istio 会接受该规则，但路由到该处的请求将返回 503。该主机的端口为：{{ports}}。',
      fixes: { port: '发往端口 {{port}}' },
    },
    'port-unsaid': {
      title: '{{host}} 有多个端口，但没有指定其中之一',
      detail:
        'Istio 会采用请求到达的端口。主机没有该端口时（在网关之后通常如此）将返回 503。该主机的端口为：{{ports}}。',
      fixes: { port: '发往端口 {{port}}' },
    },
    'gateway-not-found': {
      title: '网关规则 {{gateway}} 不存在',
      detail: 'Istio 会接受该规则，但在该处不生效：{{namespace}} 中没有 {{name}}。',
      fixes: { 'full-gateway': '写成 {{gateway}}，这是唯一同名的网关规则' },
    },
    'matched-gateway-not-found': {
      title: '匹配条件引用的网关规则 {{gateway}} 不存在',
      detail: 'Istio 会接受该规则，但该匹配永远不会命中：{{namespace}} 中没有 {{name}}。',
      fixes: { 'full-gateway': '写成 {{gateway}}，这是唯一同名的网关规则' },
    },
    'gateway-internal': {
      title: '{{gateway}} 是 Istio 为 Gateway API 的网关生成的',
      detail: '这类名称随时可能变化，届时规则将不生效。请将 Gateway API 的路由直接绑定到网关。',
    },
    'host-not-in-gateway': {
      title: '网关规则 {{gateway}} 不提供 {{hosts}}',
      detail: 'Istio 不会在该网关上生成此规则的路由。对本命名空间，该网关接受 {{served}}。',
      fixes: { 'serve-host': '让网关规则提供 {{host}}' },
    },
    'hosts-conflict': {
      title: '另一条规则也针对 {{hosts}}：{{other}}',
      detail: '对同一主机，边车只采用创建最早的虚拟服务，忽略其余规则的路由。另有 {{count}} 条规则针对相同主机。',
    },
    'no-host': { title: '目标没有指定主机', detail: 'istiod 会拒绝该对象：每条路由都必须指明去处。' },
    'host-twice': {
      title: '主机 {{host}} 重复出现',
      detail: 'istiod 会拒绝该对象：同一主机（无论短名还是全名）只能出现一次。',
      fixes: { once: '只保留一次' },
    },
    'hosts-overlap': {
      title: '部分主机也被另一条规则覆盖：{{other}}',
      detail: 'Istio 只采用主机更具体的规则：通配符规则的路由对其不生效。另一条规则的主机为 {{hosts}}。',
    },
    'subset-not-found': {
      title: '没有目标规则定义 {{host}} 的服务版本 {{subset}}',
      detail: 'Istio 会接受该规则，但路由到该处的请求将返回 503。',
      fixes: { 'define-subset': '按标签 version 定义 {{subset}}' },
    },
    'subset-not-visible': {
      title: '定义 {{host}} 的服务版本 {{subset}} 的目标规则对该规则不可见',
      detail: '目标规则没有导出给该规则所在的命名空间。路由到该服务版本的请求将返回 503。',
    },
    'subset-elsewhere': {
      title: '{{host}} 的服务版本 {{subset}} 来自通配符规则或其他命名空间的规则',
      detail: '只要没有针对该主机的更具体的目标规则，就能正常工作：Istio 只采用最具体的一条，届时该服务版本将消失。',
    },
    'subset-rules-elsewhere': {
      title: '{{rule}} 按服务版本分配 {{host}} 的流量，而该规则发往整个主机',
      detail: '从这里进入的请求只按该规则路由，会平均到达各版本，{{rule}} 对其不生效。',
    },
    'subset-beside-whole': {
      title: '该规则发往 {{host}} 的服务版本，而此处发往整个主机',
      detail: '该路由的请求会到达所有版本，包括上述服务版本。',
    },
    'claims-without-authentication': {
      title: '没有组件读取 {{claim}} 所涉及的令牌',
      detail: '该路由永远不会命中：没有请求身份认证作用于网关规则 {{gateway}} 的 Pod {{pod}}，Istio 在该处得不到声明。',
    },
    'weight-sum': {
      title: '权重之和为 {{sum}}，不是 100',
      detail: 'Istio 会接受，并按占 {{sum}} 的比例分配。',
    },
    'weight-ignored': {
      title: '唯一目标的权重不起作用',
      detail: '只有一个目标时，Istio 会把全部流量发往该目标。',
      fixes: { 'no-weight': '去掉权重' },
    },
  },
}
