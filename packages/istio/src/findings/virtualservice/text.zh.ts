import type { virtualserviceFindings as en } from './text.en.ts'

export const virtualserviceFindings: typeof en = {
  virtualservice: {
    'host-not-found': {
      title: '没有名为 {{host}} 的服务',
      detail:
        'Istio 会接受该规则，但路由到那里的 HTTP 请求将返回 503，其他连接会被关闭。不含点号的名称在 {{namespace}} 中查找。',
      fixes: {
        'full-name': '改为 {{name}}：唯一同名的服务',
        'near-name': '改为 {{name}}：名称相近的服务',
        'service-entry': '用 ServiceEntry 登记 {{host}}',
      },
    },
    'host-not-everywhere': {
      title: '{{host}} 并非在规则的整个导出范围内可见',
      detail: '规则的导出范围大于 {{host}} 的导出范围：{{namespace}} 的边车可以访问它，其他命名空间的请求将返回 503。',
      fixes: { 'own-namespace': '规则只导出到 {{namespace}}' },
    },
    'host-not-visible': {
      title: '{{host}} 没有导出到 {{namespace}}',
      detail: 'Istio 会接受该规则，但 {{namespace}} 的边车看不到该主机，请求将返回 503。',
      fixes: { export: '将该主机导出到 {{namespace}}' },
    },
    'port-not-found': {
      title: '{{host}} 没有端口 {{port}}',
      detail: 'Istio 会接受该规则，但路由到那里的 HTTP 请求将返回 503，其他连接会被关闭。该主机的端口为：{{ports}}。',
      fixes: { port: '发往端口 {{port}}' },
    },
    'port-unsaid': {
      title: '{{host}} 有多个端口，但没有指定使用哪个',
      detail:
        'Istio 会采用请求到达时的端口。主机没有该端口时（在网关之后通常如此），请求将返回 503。该主机的端口为：{{ports}}。',
      fixes: { port: '发往端口 {{port}}' },
    },
    'gateway-not-found': {
      title: 'Gateway {{gateway}} 不存在',
      detail: '该规则在那里不生效：{{namespace}} 中没有名为 {{name}} 的 Gateway。',
      fixes: { 'full-gateway': '改为 {{gateway}}：唯一同名的 Gateway' },
    },
    'matched-gateway-not-found': {
      title: '匹配条件引用的 Gateway {{gateway}} 不存在',
      detail: '该匹配永远不会命中：{{namespace}} 中没有名为 {{name}} 的 Gateway。',
      fixes: { 'full-gateway': '改为 {{gateway}}：唯一同名的 Gateway' },
    },
    'gateway-internal': {
      title: '{{gateway}} 由 Istio 为 Gateway API 的 Gateway 生成',
      detail: '这类名称随时可能变化，届时规则将不生效。Gateway API 的路由应直接挂载到该 Gateway。',
    },
    'sni-overlap': {
      title: '路由 {{route}} 匹配 {{names}} 的 TLS，而路由 {{earlier}} 已经匹配',
      detail:
        '两者的名称列表不同，istiod 会同时保留；而 Envoy 拒绝一个名称对应两条过滤器链的监听器：在访问这些主机的代理上，该端口的新配置不会生效，新启动的代理则完全得不到它。',
      fixes: { 'leave-names': '此处只匹配 {{names}}' },
    },
    'sni-taken': {
      title: '{{gateway}} 的端口 {{port}} 终止 {{names}} 的 TLS，而该路由要将其透传',
      detail:
        'istiod 会同时保留两者；而 Envoy 拒绝一个名称对应两条过滤器链的监听器：该端口上的新配置不会生效，新启动的代理不会打开该端口。',
      fixes: { 'leave-names': '只透传 {{names}}' },
    },
    'host-not-in-gateway': {
      title: 'Gateway {{gateway}} 不暴露 {{hosts}}',
      detail: 'Istio 不会在该 Gateway 上生成此规则的路由。对此命名空间，该 Gateway 只接受 {{served}}。',
      fixes: { 'serve-host': '让 Gateway 暴露 {{hosts}}' },
    },
    'hosts-conflict': {
      title: '另一条规则也针对 {{hosts}}：{{other}}',
      detail:
        '对同一主机，边车只采用最早创建的 VirtualService 的路由，忽略其余的。另有 {{count}} 条规则针对相同的主机。',
    },
    'no-host': { title: '目标没有指定主机', detail: 'istiod 会拒绝该对象：每条路由都必须指明去向。' },
    'host-twice': {
      title: '主机 {{host}} 重复出现',
      detail: 'istiod 会拒绝该对象：同一主机只能出现一次，不论写短名还是全名。',
      fixes: { once: '只保留一次' },
    },
    'hosts-overlap': {
      title: '部分主机也被另一条规则覆盖：{{other}}',
      detail: 'Istio 只采用主机更具体的规则：通配符规则的路由对这些主机不生效。另一条规则的主机为 {{hosts}}。',
    },
    'subset-not-found': {
      title: '没有 DestinationRule 定义 {{host}} 的服务版本 {{subset}}',
      detail: 'Istio 会接受该规则，但路由到那里的 HTTP 请求将返回 503，其他连接会被关闭。',
      fixes: { 'define-subset': '按标签 version 定义 {{subset}}' },
    },
    'subset-not-visible': {
      title: '{{host}} 的服务版本 {{subset}} 由该规则看不到的 DestinationRule 定义',
      detail: '该 DestinationRule 没有导出到规则所在的命名空间。路由到该服务版本的请求将返回 503。',
      fixes: { export: '将 DestinationRule 导出到 {{namespace}}' },
    },
    'subset-hidden-from-clients': {
      title: '{{namespace}} 中的客户端看不到 {{host}} 的服务版本 {{subset}}',
      detail: '它们遵循该规则，而定义该服务版本的 DestinationRule 没有导出到它们所在的命名空间：它们的请求将返回 503。',
      fixes: { export: '将 DestinationRule 导出到 {{namespace}}' },
    },
    'subset-hidden-from-gateway': {
      title: '{{namespace}} 中的网关看不到 {{host}} 的服务版本 {{subset}}',
      detail:
        '网关只在自己的命名空间、服务所在的命名空间和根命名空间中查找 DestinationRule，且只采用导出到它的。它路由到该服务版本的请求将返回 503。',
      fixes: { export: '将 DestinationRule 导出到 {{namespace}}' },
    },
    'subset-elsewhere': {
      title: '{{host}} 的服务版本 {{subset}} 来自通配符规则或其他命名空间的规则',
      detail:
        '只要没有主机更具体的 DestinationRule，就能正常工作：Istio 只采用主机最具体的一条，届时该服务版本将不复存在。',
    },
    'subset-rules-elsewhere': {
      title: '{{rule}} 按服务版本分配 {{host}} 的流量，而该规则发往整个主机',
      detail: '从此处进入的请求只按该规则路由，会均匀到达各版本，不受 {{rule}} 影响。',
    },
    'subset-beside-whole': {
      title: '该规则发往 {{host}} 的服务版本，而此处发往整个主机',
      detail: '该路由的请求会到达所有版本，包括那些服务版本。',
    },
    'claims-without-authentication': {
      title: '没有组件读取 {{claim}} 所涉及的令牌',
      detail:
        '该路由永远不会命中：没有 RequestAuthentication 作用于 Gateway {{gateway}} 的 Pod {{pod}}，Istio 在那里得不到任何声明。',
    },
    'weight-sum': {
      title: '权重之和为 {{sum}}，不是 100',
      detail: 'Istio 会接受，并按各自占 {{sum}} 的比例分配。',
      fixes: { hundred: '按相同比例改写，使总和为 100' },
    },
    'weight-ignored': {
      title: '唯一目标的权重不起作用',
      detail: '只有一个目标时，Istio 会把全部流量发往该目标。',
      fixes: { 'no-weight': '移除权重' },
    },
    'weight-unsaid': {
      title: '该目标没有写权重，而其他目标写了',
      detail: 'Istio 把没有写的权重视为 0：它得不到流量。其余权重之和为 {{sum}}。',
      fixes: { rest: '把剩余的 {{weight}} 分给它', 'say-zero': '写明它得不到流量：{{weight}}' },
    },
    'destination-twice': {
      title: '同一路由中，以下目标出现两次：{{host}} {{subset}}',
      detail: '它得到两个权重之和。',
      fixes: { 'as-one': '合并为一个，权重相加' },
    },
    'try-outlasts-timeout': {
      title: '单次尝试可持续 {{perTry}}，而全部尝试合计只有 {{timeout}}',
      detail: 'Envoy 的超时涵盖全部尝试：第一次尝试过慢就会耗尽时间，{{attempts}} 次重试都不会开始。',
      fixes: { longer: '为每次尝试留出时间：{{timeout}}' },
    },
    'retries-cut': {
      title: '{{timeout}} 内来不及完成全部 {{attempts}} 次重试（每次 {{perTry}}）',
      detail: 'Envoy 的超时涵盖全部尝试，最后几次会提前结束，或根本不会开始。',
      fixes: { longer: '为每次尝试留出时间：{{timeout}}' },
    },
    'many-retries': {
      title: '重试 {{attempts}} 次',
      detail:
        '每一跳都会成倍放大：三个依次调用的服务都这样重试时，末端出故障的服务会收到 {{thrice}} 个请求，而此时它最为脆弱。',
      fixes: { fewer: '重试两次，与 Istio 的默认值相同' },
    },
    'writes-retried': {
      title: '{{methods}} 请求会在 {{retryOn}} 之后重新发送',
      detail: '出现此类响应时，第一次尝试可能已经执行：写入会重复。',
      fixes: { unsent: '只重试尚未发出的请求：{{retryOn}}' },
    },
    'export-nowhere': {
      title: '导出目标命名空间 {{name}} 不存在',
      detail: 'Istio 会接受该规则。以后若创建同名的命名空间，它会看到该规则。',
      fixes: { 'not-there': '移除该命名空间' },
    },
    'delegate-not-found': {
      title: '要委托的 VirtualService {{namespace}}/{{name}} 不存在',
      detail: 'Istio 会略过该路由；其请求由后面的路由处理，或返回 404。',
    },
    'delegate-not-exported': {
      title: '{{namespace}}/{{name}} 没有导出到委托它的规则',
      detail: 'Istio 会略过该路由；其请求由后面的路由处理，或返回 404。',
      fixes: { export: '导出到 {{namespace}}' },
    },
    'delegate-with-hosts': {
      title: '{{namespace}}/{{name}} 有自己的主机，不能作为委托目标',
      detail: 'Istio 只接受没有主机的 VirtualService 作为委托目标，会略过该路由。',
    },
    'delegate-route-dropped': {
      title: '{{namespace}}/{{name}} 的路由 {{routes}} 超出该路由的匹配范围',
      detail: 'Istio 会合并两者的匹配条件；委托目标的路由若没有被此处的某个条件完全包含，就会被略过。',
    },
    'delegate-unused': {
      title: '没有规则把路由委托给该规则',
      detail: '没有主机的 VirtualService 只能通过其他规则生效。Istio 不会使用它。',
    },
    'not-exported-to-gateway': {
      title: '该规则没有导出到 {{namespace}}，而 Gateway {{gateway}} 运行在那里',
      detail: '网关返回 404：其代理看不到该规则。',
      fixes: { export: '导出到 {{namespace}}' },
    },
    'gateway-only': {
      title: '边车访问 {{host}} 时不采用该规则：它只绑定到网关',
      detail: '网格内的调用会到达整个服务，不经过这些路由。这往往是有意为之。',
    },
    'ambient-without-waypoint': {
      title: '{{host}} 处于 Ambient 模式，但没有 waypoint',
      detail: 'ztunnel 不处理 HTTP：Ambient 模式的客户端访问该服务时不经过这些路由。',
    },
    'ambient-elsewhere': {
      title: '{{host}} 的 waypoint 采用 {{namespace}} 的规则，不采用该规则所在命名空间的',
      detail: 'Istio 会接受该规则，但只有带边车的客户端使用它。',
    },
    'route-taken': {
      title: '在 Gateway {{gateway}} 上，这些请求由更早创建的规则 {{other}} 处理',
      detail:
        'Istio 把同一主机的多个 VirtualService 的路由依次排列：最早创建的规则在前，兜底路由在最后。该路由在那里永远不会命中。',
    },
    'route-covered': {
      title: '路由 {{index}} 排在路由 {{earlier}} 之后，其请求都由后者处理',
      detail: '路由按顺序匹配；该路由永远不会命中。',
      fixes: { before: '移到路由 {{earlier}} 之前', without: '移除路由 {{index}}：没有请求会命中它' },
    },
    'routes-of-other-protocol': {
      title: '{{protocol}} 路由不适用于任何端口：{{ports}}',
      detail: 'Istio 只在相应协议的端口上使用该协议的路由。流量会绕过这些路由直接到达服务。',
      fixes: { 'say-protocol': '将端口 {{port}} 的协议声明为 {{protocol}}' },
    },
    'routes-not-at-gateway': {
      title: '对这些主机，Gateway 采用 {{servers}} 路由，而不是 {{protocol}} 路由',
      detail: '透传 TLS 时，Istio 看不到 HTTP；终止 TLS 或没有 TLS 时，看不到 SNI：这些路由不生效。',
    },
    'fault-for-all': {
      title: '该路由的所有请求都返回 {{status}}',
      detail: '故障注入的比例为 100 %，没有请求能到达目标。',
      fixes: { 'no-abort': '移除故障注入', tenth: '只中止 10 % 的请求' },
    },
    'fault-for-none': {
      title: '故障注入（{{kind}}）没有写比例，不作用于任何请求',
      detail: 'Istio 把没有写的比例视为 0。',
      fixes: { tenth: '设为 10 %' },
    },
    'mirror-to-itself': {
      title: '请求被镜像到其原本的目标：{{host}} {{subset}}',
      detail: '每个请求会执行两次，写入也是如此。',
      fixes: { 'no-mirror': '移除镜像' },
    },
    'redirect-to-itself': {
      title: '重定向又回到同一路由 {{uri}}',
      detail: '客户端会循环跳转直到放弃。',
    },
    'header-breaks-framing': {
      title: '{{name}} 标明报文的结束位置，不应由规则设置',
      detail: 'Envoy 会为每个报文设置它。固定的值会截断报文，或让客户端一直等待。',
      fixes: { leave: '交由 Envoy 设置' },
    },
    'header-of-istio': {
      title: '代理之间通过 {{name}} 说明调用方的身份',
      detail: '由规则设置它，会让服务和策略相信一个并不存在的调用方。',
      fixes: { leave: '交由 Istio 设置' },
    },
    'http-route-too': {
      title: 'HTTPRoute {{route}} 也针对 {{host}}',
      detail:
        '对同一主机，边车只采用一条规则，完全忽略另一条：客户端命名空间的 HTTPRoute 优先于其他规则，其次是更早创建的。',
    },
    'host-unserved': {
      title: '没有 Gateway 暴露 {{host}}',
      detail: 'Istio 不会为它生成路由；该规则的其他主机已有 Gateway 暴露。',
      fixes: { 'serve-host': '让 Gateway 暴露 {{hosts}}' },
    },
    'host-half-named': {
      title: '{{host}} 不是服务 {{name}} 的名称',
      detail: 'Istio 不会补全含点号的名称。用短名或全名调用该服务时，不经过这些路由。',
      fixes: { 'full-name': '改为 {{name}}' },
    },
    'gateway-spelling': {
      title: '{{gateway}} 是 {{meant}} 的旧写法',
      detail: 'Istio 仍能识别；istioctl、Kiali 和阅读配置的人会以为该 Gateway 不存在。',
      fixes: { 'full-gateway': '改为 {{gateway}}' },
    },
  },
}
