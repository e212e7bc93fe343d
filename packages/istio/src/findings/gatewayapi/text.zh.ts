import type { gatewayApiFindings as en } from './text.en.ts'

export const gatewayApiFindings: typeof en = {
  route: {
    'parent-not-found': {
      title: '{{kind}} {{namespace}}/{{name}} 不存在',
      detail: 'Istio 不会把路由挂载到那里；本应由它处理的请求找不到路由，返回 404。',
      fixes: { 'other-namespace': '挂载到 {{namespace}} 中唯一同名的对象' },
    },
    'service-not-found': {
      title: '路由所针对的 {{kind}} {{namespace}}/{{name}} 不存在',
      detail: 'Istio 不采用该路由：网格内没有流量由它路由。',
      fixes: { 'other-namespace': '改为针对 {{namespace}} 中唯一同名的 Service' },
    },
    'listener-not-found': {
      title: '{{name}} 没有监听器 {{wanted}}',
      detail: 'Istio 不会挂载该路由：没有监听器同时符合它要求的名称和端口。',
      fixes: { listener: '挂载到 {{listener}}：唯一接受它的监听器' },
    },
    'parent-is-waypoint': {
      title: '{{name}} 是 waypoint，自身不接受路由',
      detail: 'Istio 不会挂载该路由。waypoint 执行的是挂载到其后 Service 或 ServiceEntry 上的路由。',
    },
    'listener-unserved': {
      title: 'Istio 没有启用该路由所针对的 {{name}} 的任何监听器',
      detail:
        'Istio 不会挂载该路由：这些监听器与其他监听器冲突、缺少必要的设置，或属于其 Gateway 不接受的 ListenerSet。',
    },
    'hostname-mismatch': {
      title: '{{name}} 不暴露这些主机：{{hosts}}',
      detail: 'Istio 不会挂载该路由：它的主机名与监听器的主机名（{{served}}）没有交集。',
    },
    'namespace-not-allowed': {
      title: '{{name}} 不接受来自 {{namespace}} 的路由',
      detail:
        'Istio 不会挂载该路由：监听器的 allowedRoutes 决定哪些命名空间可以挂载，未填写时只有 Gateway 所在的命名空间可以。',
      fixes: { 'let-in': '允许 {{namespace}} 把路由挂载到监听器 {{listener}}' },
    },
    'kind-not-allowed': {
      title: '{{name}} 不接受 {{kind}}',
      detail: 'Istio 不会挂载该路由：监听器的协议或其 allowedRoutes 不允许该类型。',
      fixes: { 'let-kind': '允许监听器 {{listener}} 接受 {{kind}}' },
    },
    'backend-not-found': {
      title: '{{namespace}} 中不存在 {{kind}} {{name}}',
      detail: 'Istio 会报告 BackendNotFound。分配到该后端的 HTTP 请求返回 500，其他连接会被关闭。',
      fixes: { 'other-namespace': '发往 {{namespace}} 中的 {{name}}：唯一同名的 Service' },
    },
    'backend-port-not-found': {
      title: '{{namespace}}/{{name}} 没有端口 {{port}}',
      detail:
        'Istio 会接受该路由，但其代理没有该端口的配置：HTTP 请求返回 500，其他连接会被关闭。该服务的端口为：{{ports}}。',
      fixes: { port: '发往端口 {{port}}' },
    },
    'backend-not-granted': {
      title: '该路由未获准使用 {{kind}} {{namespace}}/{{name}}',
      detail: '使用其他命名空间的后端，需要那里的 ReferenceGrant：否则 Istio 对发往它的请求返回 500。',
      fixes: { grant: '在 {{namespace}} 中创建 ReferenceGrant，只放行 {{name}}' },
    },
    'backend-kind': {
      title: 'Istio 不支持类型为 {{kind}} 的后端',
      detail: 'Istio 会报告 InvalidKind，分配到 {{name}} 的请求返回 500。',
      fixes: { service: '发往同名的 Service' },
    },
    'mirror-unsent': {
      title: '不会向 {{kind}} {{namespace}}/{{name}} 发送镜像流量',
      detail: '它不存在、没有该端口、不是 Istio 能发往的类型，或该路由未获准使用它：Istio 按没有镜像的方式处理请求。',
      fixes: {
        'other-namespace': '镜像到 {{namespace}} 中的 {{name}}：唯一同名的 Service',
        port: '镜像到端口 {{port}}',
        grant: '在 {{namespace}} 中创建 ReferenceGrant，只放行 {{name}}',
        service: '镜像到同名的 Service',
      },
    },
    'mirror-drops-route': {
      title: '因其镜像目标 {{kind}} {{namespace}}/{{name}}，Istio 不采用该路由的任何规则',
      detail:
        '它不存在、不是 Istio 能发往的类型，或该路由未获准使用它。HTTPRoute 只会略去镜像；GRPCRoute 则所有规则都不会生效。',
      fixes: {
        'other-namespace': '镜像到 {{namespace}} 中的 {{name}}：唯一同名的 Service',
        grant: '在 {{namespace}} 中创建 ReferenceGrant，只放行 {{name}}',
        service: '镜像到同名的 Service',
      },
    },
    'backend-without-port': {
      title: '后端 {{name}} 没有端口',
      detail:
        'Istio 不采用整个路由，本应由它处理的请求找不到路由，返回 404。如果它是 HTTPRoute 的镜像后端，则只略过该镜像。',
      fixes: { port: '发往端口 {{port}}，这是它唯一的端口' },
    },
    'hostname-with-namespace': {
      title: '为主机 {{name}} 填写了命名空间',
      detail: '类型为 Hostname 的后端没有命名空间：Istio 不采用整个路由。',
      fixes: { 'no-namespace': '移除命名空间' },
    },
    'filter-unsupported': {
      title: 'Istio 在此不支持过滤器 {{type}}',
      detail: 'Istio 不采用整个路由，本应由它处理的请求找不到路由，返回 404。支持的过滤器为：{{known}}。',
    },
    'header-characters': {
      title: '请求头或响应头 {{name}} 的值含有不允许的字符',
      detail: 'Istio 不采用整个路由，本应由它处理的请求找不到路由，返回 404。',
    },
    'match-taken': {
      title: '{{route}} 的匹配条件相同，且优先匹配',
      detail: '同一主机的相同匹配，由最早创建的路由处理全部请求；同一路由内则由第一个处理。另一个位于 {{place}}。',
      fixes: { 'remove-match': '移除该匹配：没有请求会命中它', 'remove-rule': '移除该规则：没有请求会命中它' },
    },
    status: {
      title: '{{type}} 为 False：{{reason}}',
      detail: '控制器的说明：{{message}}',
    },
  },
  k8sgateway: {
    'class-not-found': {
      title: 'GatewayClass {{name}} 不存在',
      detail: '没有控制器处理该 Gateway：它得不到代理和地址，其路由不会生效。',
      fixes: { class: '使用 GatewayClass {{meant}}' },
    },
    'class-of-others': {
      title: 'GatewayClass {{name}} 属于 {{controller}}，后者不识别 {{word}}',
      detail: 'Istio 不处理其他控制器的 Gateway，通过标签和注解对 Istio 的设置也不会生效。',
    },
    'listener-taken': {
      title: '排在 {{listener}} 之前的监听器已占用端口 {{port}} 和 {{host}}',
      detail: 'Istio 只启用其中的第一个，并把该监听器标记为冲突：它不会生效。',
    },
    'protocol-conflict': {
      title: '端口 {{port}} 已使用 {{other}}，不能同时使用 {{protocol}}',
      detail: 'Istio 只启用排在前面的监听器：该监听器不会生效。',
    },
    'listener-dropped': {
      title: '{{other}} 已在同一个 Service 的端口 {{port}} 上使用 {{host}}',
      detail: 'Istio 会合并使用同一个 Service 的 Gateway：TLS 主机只保留更早创建的 Gateway 的，{{listener}} 不会生效。',
    },
    'listener-shared': {
      title: '{{other}} 也在同一个 Service 的端口 {{port}} 上使用 {{host}}',
      detail: 'Istio 会合并使用同一个 Service 的 Gateway：两者的路由都会生效，证书采用更早创建的 Gateway 的。',
    },
    'address-taken': {
      title: '{{other}} 也要求地址 {{address}}，且端口相同：{{ports}}',
      detail: '每个 Gateway 都有自己的负载均衡器：除非允许共用地址，较晚创建的 Gateway 得不到地址。',
    },
    'certificate-not-found': {
      title: '监听器 {{listener}} 的 Secret {{namespace}}/{{name}} 不存在',
      detail: 'Istio 会略过该证书；监听器若没有其他证书，则不会生效。',
      fixes: { secret: '使用 {{name}}：那里唯一的 TLS Secret' },
    },
    'certificate-not-granted': {
      title: '监听器 {{listener}} 未获准使用 Secret {{namespace}}/{{name}}',
      detail: '使用其他命名空间的证书，需要那里的 ReferenceGrant：否则 Istio 不会启用该监听器。',
      fixes: { grant: '在 {{namespace}} 中创建 ReferenceGrant，只放行 {{name}}' },
    },
    'certificate-unusable': {
      title: '监听器 {{listener}}：Secret {{namespace}}/{{name}} 中没有可用的证书',
      detail: 'Istio 会略过该证书；监听器若没有其他证书，则不会生效：{{fault}}。',
      fixes: { secret: '使用 {{name}}：那里唯一可用的 TLS Secret' },
    },
    'certificate-kind': {
      title: '监听器 {{listener}}：不能从 {{kind}} 读取证书',
      detail: 'Istio 只从 Secret 读取证书；监听器若没有其他证书，则不会生效。',
    },
    'certificates-too-many': {
      title: '监听器 {{listener}} 有 {{count}} 个证书',
      detail: 'Istio 最多使用两个密钥类型不同的证书：超过两个时监听器不会生效。',
    },
    'client-certificate-unusable': {
      title: '客户端证书 {{kind}} {{namespace}}/{{name}} 不可用',
      detail: 'Istio 不会向后端出示证书：{{fault}}。',
      fixes: { grant: '在 {{namespace}} 中创建 ReferenceGrant，只放行 {{name}}' },
    },
    'ca-certificate-unusable': {
      title: '无法用这些 CA 证书验证客户端',
      detail: '使用它们的监听器不会生效：{{fault}}。',
      fixes: { grant: '在 {{namespace}} 中创建 ReferenceGrant，只放行 {{name}}' },
    },
    'protocol-unsupported': {
      title: '监听器 {{listener}}：Istio 在此不支持协议 {{protocol}}',
      detail: 'Istio 支持大写的 HTTP、HTTPS、TLS 和 TCP：该监听器不会生效。',
      fixes: { protocol: '改为 {{meant}}' },
    },
    'tls-missing': {
      title: '监听器 {{listener}} 使用 {{protocol}}，但没有填写 TLS',
      detail: 'Istio 不会为它创建监听器，即使 Gateway 的状态显示它已生效；指定它的路由不会被挂载。',
    },
    'route-kind-unsupported': {
      title: '监听器 {{listener}} 允许 {{kind}}，但 {{protocol}} 不能承载它',
      detail: 'Istio 会报告 InvalidRouteKinds 并略过该类型；其他允许的类型仍可挂载。',
      fixes: { remove: '移除该类型' },
    },
    'waypoint-listener': {
      title: 'waypoint 的监听器 {{listener}} 不是端口 15008 上的 HBONE',
      detail: 'waypoint 只有一个监听器，即端口 15008 上的 HBONE：对于其他监听器，Istio 会报告 UnsupportedProtocol。',
    },
    'address-unsupported': {
      title: '地址 {{value}} 的类型为 {{type}}',
      detail:
        '填写多个地址或一个非 IP 地址时，它们以 Hostname 类型指向已有代理的 Service：Istio 会略过该地址，也不会创建代理。',
    },
    'address-not-found': {
      title: '{{namespace}} 中不存在 Service {{host}}',
      detail:
        '该 Gateway 由这个 Service 的代理承载，二者必须在同一命名空间：Istio 会报告 AddressNotUsable，没有代理承载该 Gateway。',
    },
    'address-without-port': {
      title: '{{host}} 没有监听器 {{listener}} 需要的端口 {{port}}',
      detail: 'Istio 会报告 AddressNotUsable：监听器的端口是该 Service 的端口，而它的端口为：{{ports}}。',
    },
    'parameters-kind': {
      title: 'Gateway 的参数应在 ConfigMap 中，而不是 {{kind}} {{name}}',
      detail: 'Istio 会报告 InvalidParameters，其中的内容不会用于代理。',
    },
  },
  listenerset: {
    'parent-not-found': {
      title: 'Gateway {{name}} 不存在',
      detail: '其中的监听器都不会生效，Istio 也不会写入状态。',
    },
    'not-allowed': {
      title: '{{name}} 不接受来自 {{namespace}} 的 ListenerSet',
      detail: '其中的监听器都不会生效：Gateway 的 allowedListeners 决定哪些命名空间可以，未填写时都不可以。',
    },
    'class-unsupported': {
      title: '{{name}} 属于类 {{class}}，该类不接受 ListenerSet',
      detail: '其中的监听器都不会生效：waypoint 只有自己的一个监听器。',
    },
    'listener-taken': {
      title: '监听器 {{listener}} 与 {{other}} 的监听器在端口 {{port}} 的 {{host}} 上冲突',
      detail: 'Gateway 自己的监听器优先，其次是较早创建的 ListenerSet：Istio 会把该监听器标记为冲突，它不会生效。',
    },
  },
  referencegrant: {
    'namespace-not-found': {
      title: '命名空间 {{namespace}} 不存在',
      detail: '该授权目前不放行任何人；以后创建同名命名空间的人，可以使用它所列的对象。',
    },
  },
  gatewayapi: {
    'version-unread': {
      title: 'Istio 按 {{wanted}} 读取 {{kind}}，而该 CRD 提供的是 {{served}}',
      detail: '这类对象虽然存在，但不会生效：请安装提供 {{wanted}} 的 Gateway API 版本。',
    },
  },
}
