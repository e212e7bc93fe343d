import type { backendTlsFindings as en } from './text.en.ts'

export const backendTlsFindings: typeof en = {
  backendtlspolicy: {
    'target-not-found': {
      title: '策略所针对的 {{kind}} {{namespace}}/{{name}} 不存在',
      detail:
        'Istio 会报告 TargetNotFound，客户端不会为它使用 TLS：目标是策略所在命名空间中的 Service 或 ServiceEntry，并位于 Istio 读取配置的集群。',
      fixes: { kind: '改为针对同名的 {{kind}}', name: '改为针对 {{name}}' },
    },
    'target-kind': {
      title: 'Istio 不会把策略应用于 {{kind}} {{name}}',
      detail: 'Istio 会报告 TargetNotFound：目标是 Service，或 networking.istio.io 的 ServiceEntry。',
      fixes: { kind: '改为针对同名的 {{kind}}', name: '改为针对 {{name}}' },
    },
    'section-not-found': {
      title: '{{name}} 没有名为 {{section}} 的端口',
      detail:
        'Istio 会报告 TargetNotFound，客户端不会使用 TLS：sectionName 是端口的名称，而不是端口号。该处的端口：{{ports}}。',
      fixes: { section: '填写端口 {{name}}', 'no-section': '移除 sectionName：只有一个端口' },
    },
    'ca-kind': {
      title: 'CA 证书应在 ConfigMap 中，而不是 {{kind}} {{name}}',
      detail: 'Istio 会报告 InvalidKind。网关和 waypoint 无法验证任何服务器，连接都会失败；边车则发送明文。',
    },
    'ca-without-certificate': {
      title: 'ConfigMap {{namespace}}/{{name}} 中没有 CA 证书',
      detail: 'Istio 读取 ca.crt 或 cacert。网关和 waypoint 无法验证任何服务器，连接都会失败；边车则发送明文。',
    },
    'ca-several': {
      title: '{{count}} 个 CA 证书引用中只有 {{name}} 生效',
      detail: 'Istio 只使用第一个：证书由其他 CA 签发的服务器会被拒绝。',
      fixes: { 'first-only': '只保留 {{name}}' },
    },
    'ca-both': {
      title: '策略同时指定了自己的 CA 证书和 {{name}} 的 CA 证书',
      detail: 'API 服务器只接受其中之一。',
      fixes: { own: '保留自己的 CA 证书', system: '保留系统的 CA 证书' },
    },
    'ca-none': {
      title: '策略没有指定用哪些 CA 证书验证服务器',
      detail: 'API 服务器要求填写 caCertificateRefs 或 wellKnownCACertificates。',
      fixes: { system: '使用系统的 CA 证书' },
    },
    'well-known-unknown': {
      title: 'Istio 不识别名为 {{name}} 的 CA 证书',
      detail: 'Istio 会报告 Invalid，并用系统的 CA 证书验证服务器：它识别的名称是 System。',
      fixes: { system: '改为 System' },
    },
    conflicted: {
      title: '{{winner}} 更早创建，且同样针对 {{name}}',
      detail: 'Istio 会报告 Conflicted：多个策略针对同一目标或其同一端口时，只有最早创建的生效。',
      fixes: { 'remove-target': '移除该目标：它不会生效' },
    },
    overridden: {
      title: 'DestinationRule {{rule}} 使策略对 {{host}} 的端口 {{ports}} 不生效',
      detail: 'DestinationRule 的设置优先于 BackendTLSPolicy：{{because}}。',
      fixes: { 'no-export': '移除 {{rule}} 的 exportTo：未填写即导出到所有命名空间' },
    },
    hidden: {
      title: '{{namespace}} 的客户端不会采用针对 {{host}} 的策略',
      detail: '它们只采用自己命名空间的 DestinationRule {{rule}}，而其中没有指定 TLS。请在那里也填写。',
    },
    'strict-server': {
      title: '{{name}} 后的 Pod {{pod}} 只接受网格的双向 TLS',
      detail:
        '其代理会拒绝策略要求客户端使用的 TLS：所有连接都会被关闭。策略适用于没有代理的服务器；网格内由 Istio 自动加密。',
    },
    'ambient-without-waypoint': {
      title: 'Ambient 客户端访问 {{host}} 时不会遵循该策略：它没有 waypoint',
      detail: 'ztunnel 不会按策略使用 TLS。访问它的网关和边车会遵循，其他客户端需要由 waypoint 执行。',
    },
    status: {
      title: '{{type}} 为 False：{{reason}}',
      detail: 'Istio 的说明：{{message}}。没有有效的 CA 证书时，网关和 waypoint 的连接都会失败，边车则发送明文。',
    },
  },
}
