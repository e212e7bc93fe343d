import type { virtualserviceFindings as en } from './text.en.ts'

export const virtualserviceFindings: typeof en = {
  virtualservice: {
    'host-not-found': {
      title: '没有名为 {{host}} 的服务',
      detail: 'Istio 会接受该规则，但发往 {{host}} 的请求将返回 503。不含点号的名称在 {{namespace}} 中查找。',
      fixes: {
        'full-name': '写成 {{name}}，这是唯一同名的服务',
        'near-name': '写成 {{name}}，这是名称相近的服务',
        'service-entry': '用服务条目登记 {{host}}',
      },
    },
    'host-not-everywhere': {
      title: '并非规则生效的所有位置都能看到 {{host}}',
      detail: '规则的导出范围大于 {{host}}：{{namespace}} 的边车可以访问，其他命名空间的请求将返回 503。',
      fixes: { 'own-namespace': '让规则只在 {{namespace}} 生效' },
    },
    'host-not-visible': {
      title: '{{host}} 没有导出给 {{namespace}}',
      detail: 'Istio 会接受该规则，但 {{namespace}} 的边车不认识该主机，请求将返回 503。',
      fixes: { export: '把该主机导出给 {{namespace}}' },
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
      detail: '该规则在该处不生效：{{namespace}} 中没有 {{name}}。',
      fixes: { 'full-gateway': '写成 {{gateway}}，这是唯一同名的网关规则' },
    },
    'matched-gateway-not-found': {
      title: '匹配条件引用的网关规则 {{gateway}} 不存在',
      detail: '该匹配永远不会命中：{{namespace}} 中没有 {{name}}。',
      fixes: { 'full-gateway': '写成 {{gateway}}，这是唯一同名的网关规则' },
    },
    'gateway-internal': {
      title: '{{gateway}} 是 Istio 为 Gateway API 的网关生成的',
      detail: '这类名称随时可能变化，届时规则将不生效。请将 Gateway API 的路由直接绑定到网关。',
    },
    'sni-overlap': {
      title: '路由 {{route}} 匹配 {{names}} 的 TLS，而路由 {{earlier}} 已匹配',
      detail:
        '两者的名称列表不完全相同，istiod 两者都保留；Envoy 拒绝同一名称有两条过滤器链的监听器：调用这些主机的代理在该端口上得不到更新，新的代理完全没有该监听器。',
      fixes: { 'leave-names': '此处只匹配 {{names}}' },
    },
    'sni-taken': {
      title: '{{gateway}} 的端口 {{port}} 终止 {{names}} 的 TLS，而该路由将其透传',
      detail:
        'istiod 两者都保留；Envoy 拒绝同一名称有两条过滤器链的监听器：该端口上的新内容不会生效，新的代理不会打开该端口。',
      fixes: { 'leave-names': '只透传 {{names}}' },
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
      fixes: { export: '把目标规则导出给 {{namespace}}' },
    },
    'subset-hidden-from-gateway': {
      title: '{{namespace}} 中的网关不认识 {{host}} 的服务版本 {{subset}}',
      detail:
        '网关只在自己的命名空间、服务所在的命名空间和根命名空间中查找导出给它的目标规则。它路由到该服务版本的请求将返回 503。',
      fixes: { export: '把目标规则导出给 {{namespace}}' },
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
      fixes: { hundred: '按相同比例改写为 100' },
    },
    'weight-ignored': {
      title: '唯一目标的权重不起作用',
      detail: '只有一个目标时，Istio 会把全部流量发往该目标。',
      fixes: { 'no-weight': '去掉权重' },
    },
    'weight-unsaid': {
      title: '其他目标写了权重，此目标没有写',
      detail: 'Istio 把没有写的权重视为 0：它得不到流量。其余权重之和为 {{sum}}。',
      fixes: { rest: '把剩余的 {{weight}} 分给它', 'say-zero': '写明它得不到流量：{{weight}}' },
    },
    'destination-twice': {
      title: '同一路由中两次写了 {{host}} {{subset}}',
      detail: '它得到两个权重之和。',
      fixes: { 'as-one': '合并为一个，权重相加' },
    },
    'try-outlasts-timeout': {
      title: '单次尝试可持续 {{perTry}}，而全部尝试合计只有 {{timeout}}',
      detail: 'Envoy 的超时针对全部尝试：第一次尝试过慢就会用完时间，{{attempts}} 次重试都不会开始。',
      fixes: { longer: '为每次尝试留出时间：{{timeout}}' },
    },
    'retries-cut': {
      title: '{{timeout}} 内来不及完成全部 {{attempts}} 次 {{perTry}} 的重试',
      detail: 'Envoy 的超时针对全部尝试，最后几次会提前结束或不会开始。',
      fixes: { longer: '为每次尝试留出时间：{{timeout}}' },
    },
    'many-retries': {
      title: '重试 {{attempts}} 次',
      detail:
        '每一跳都会成倍放大：三个依次调用的服务都这样重试时，最后一个出故障的服务会收到 {{thrice}} 个请求，而此时它最为脆弱。',
      fixes: { fewer: '重试两次，与 Istio 默认相同' },
    },
    'writes-retried': {
      title: '{{methods}} 在 {{retryOn}} 之后会重新发送',
      detail: '收到此类响应时第一次尝试可能已经执行：写入会重复。',
      fixes: { unsent: '只重试没有发出的请求：{{retryOn}}' },
    },
    'export-nowhere': {
      title: '导出的命名空间 {{name}} 不存在',
      detail: 'Istio 会接受。以后创建同名命名空间时，它会看到该规则。',
      fixes: { 'not-there': '去掉该命名空间' },
    },
    'delegate-not-found': {
      title: '被委托的虚拟服务 {{namespace}}/{{name}} 不存在',
      detail: 'Istio 会忽略该路由；其请求会进入后面的路由，或返回 404。',
    },
    'delegate-not-exported': {
      title: '{{namespace}}/{{name}} 没有导出给委托它的规则',
      detail: 'Istio 会忽略该路由；其请求会进入后面的路由，或返回 404。',
      fixes: { export: '导出给 {{namespace}}' },
    },
    'delegate-with-hosts': {
      title: '{{namespace}}/{{name}} 有自己的主机，不能被委托',
      detail: 'Istio 只接受没有主机的虚拟服务作为委托，会忽略该路由。',
    },
    'delegate-route-dropped': {
      title: '{{namespace}}/{{name}} 的路由 {{routes}} 的匹配条件超出该路由',
      detail: 'Istio 会合并两者的匹配条件，并忽略委托中不被此处任何条件包含的路由。',
    },
    'delegate-unused': {
      title: '没有规则委托给该规则',
      detail: '没有主机的虚拟服务只通过其他规则生效。Istio 不会使用它。',
    },
    'not-exported-to-gateway': {
      title: '该规则没有导出给网关规则 {{gateway}} 所在的 {{namespace}}',
      detail: '网关返回 404：其代理看不到该规则。',
      fixes: { export: '导出给 {{namespace}}' },
    },
    'gateway-only': {
      title: '边车不采用该规则访问 {{host}}：它只绑定到网关',
      detail: '网格内的调用会到达整个服务，不经过这些路由。这往往是有意的。',
    },
    'ambient-without-waypoint': {
      title: '{{host}} 处于 Ambient 模式且没有 waypoint',
      detail: 'ztunnel 不处理 HTTP：Ambient 模式的客户端访问该服务时不经过这些路由。',
    },
    'ambient-elsewhere': {
      title: '{{host}} 的 waypoint 采用 {{namespace}} 的规则，而不是该命名空间的',
      detail: 'Istio 会接受该规则，但只有带边车的客户端使用它。',
    },
    'route-taken': {
      title: '在网关规则 {{gateway}} 上，更早的规则 {{other}} 会处理这些请求',
      detail: 'Istio 把同一主机的多条虚拟服务的路由依次排列，最早的规则在前，兜底路由在最后。该路由在此永远不会命中。',
    },
    'route-covered': {
      title: '路由 {{index}} 排在路由 {{earlier}} 之后，请求都被后者处理',
      detail: '路由按顺序匹配，该路由永远不会命中。',
      fixes: { before: '移到路由 {{earlier}} 之前', without: '移除路由 {{index}}：没有请求会命中它' },
    },
    'routes-of-other-protocol': {
      title: '{{protocol}} 路由不适用于任何端口：{{ports}}',
      detail: 'Istio 只在相应协议的端口上使用该协议的路由。流量会绕过这些路由直接到达服务。',
      fixes: { 'say-protocol': '为端口 {{port}} 写明 {{protocol}}' },
    },
    'routes-not-at-gateway': {
      title: '网关规则对这些主机采用 {{servers}} 路由，而不是 {{protocol}}',
      detail: 'TLS 透传时 Istio 看不到 HTTP，TLS 终止或没有 TLS 时看不到 SNI：这些路由不生效。',
    },
    'fault-for-all': {
      title: '该路由的所有请求都返回 {{status}}',
      detail: '故障注入的比例为 100 %，没有请求能到达目标。',
      fixes: { 'no-abort': '去掉故障注入', tenth: '只中断 10 %' },
    },
    'fault-for-none': {
      title: '故障注入（{{kind}}）没有写比例，不作用于任何请求',
      detail: 'Istio 把没有写的比例视为 0。',
      fixes: { tenth: '设为 10 %' },
    },
    'mirror-to-itself': {
      title: '请求被镜像到它本来的目标：{{host}} {{subset}}',
      detail: '每个请求会执行两次，写入也是如此。',
      fixes: { 'no-mirror': '去掉镜像' },
    },
    'redirect-to-itself': {
      title: '重定向又回到同一路由 {{uri}}',
      detail: '客户端会循环跳转直到放弃。',
    },
    'header-breaks-framing': {
      title: '{{name}} 表示报文在何处结束，不应由规则设置',
      detail: 'Envoy 为每个报文写入它。固定的值会截断报文，或让客户端一直等待。',
      fixes: { leave: '交给 Envoy 处理' },
    },
    'header-of-istio': {
      title: '代理之间用 {{name}} 说明调用方是谁',
      detail: '规则设置它会让服务和策略相信一个并不存在的调用方。',
      fixes: { leave: '交给 Istio 处理' },
    },
    'http-route-too': {
      title: 'HTTPRoute {{route}} 也针对 {{host}}',
      detail: '对同一主机，边车只采用一条规则，完全忽略另一条：客户端命名空间的 HTTPRoute 优先，其次是更早的规则。',
    },
    'host-unserved': {
      title: '没有网关规则提供 {{host}}',
      detail: 'Istio 不会为它生成路由；该规则的其他主机有网关提供。',
      fixes: { 'serve-host': '让网关规则提供 {{host}}' },
    },
    'host-half-named': {
      title: '{{host}} 不是服务 {{name}} 的名称',
      detail: 'Istio 对含点号的名称不作补全。用短名或全名调用该服务时不经过这些路由。',
      fixes: { 'full-name': '写成 {{name}}' },
    },
    'gateway-spelling': {
      title: '{{gateway}} 是 {{meant}} 的旧写法',
      detail: 'Istio 仍会识别；istioctl、Kiali 和人会以为该网关规则不存在。',
      fixes: { 'full-gateway': '写成 {{gateway}}' },
    },
  },
}
