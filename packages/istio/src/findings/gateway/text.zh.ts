import type { gatewayFindings as en } from './text.en.ts'

export const gatewayFindings: typeof en = {
  gateway: {
    'selector-empty': {
      title: '没有网关 Pod 带有标签 {{selector}}',
      detail: '在有这样的 Pod 之前，没有网关打开这些端口。',
      fixes: { 'ingress-gateway': '选择入口网关：{{selector}}' },
    },
    'host-twice': {
      title: '该 Gateway 中更靠前的 server 在端口 {{port}} 上也有 {{hosts}}',
      detail: '同一主机的 TLS server 只保留第一个；HTTP server 的路由会合并。',
    },
    'no-servers': {
      title: '该 Gateway 没有打开任何端口',
      detail: 'istiod 会拒绝没有 servers 的 Gateway。',
    },
    'pods-ended': {
      title: '带有标签 {{selector}} 的网关 Pod 均已结束',
      detail: '在 Pod 重新运行之前，没有网关打开这些端口。',
    },
    'port-not-served': {
      title: '没有服务通往网关的端口 {{port}}',
      detail: '带有标签 {{selector}} 的 Pod 会监听该端口，但外部客户端无法通过其 Service 访问：{{services}}。',
      fixes: { 'serve-port': '在 Service 上打开端口 {{port}}' },
    },
    'port-protocol-unsaid': {
      title: 'Service 的端口 {{port}} 没有写明协议',
      detail: '创建 Service 时 Kubernetes 会视其为 TCP；istioctl 检查文件时则不会。',
      fixes: { 'say-tcp': '为端口 {{port}} 写明 TCP' },
    },
    'credential-not-found': {
      title: '{{namespace}} 中没有 Secret {{name}}',
      detail: '网关的 Pod 位于 {{namespace}}，Istio 在那里查找证书。在证书出现之前，TLS 握手会失败。',
      fixes: { 'other-secret': '使用 {{name}}：那里唯一的 TLS Secret' },
    },
    'credential-not-everywhere': {
      title: '{{namespace}} 中缺少 Secret {{name}}',
      detail:
        '该网关的 Pod 分布在多个命名空间，Istio 在各 Pod 所在的命名空间查找证书。{{namespace}} 中的 TLS 握手会失败。',
    },
    'credential-unusable': {
      title: '{{namespace}} 中的 Secret {{name}} 没有可用的证书',
      detail: 'Istio 不会将其下发给网关，TLS 握手会失败：{{fault}}。',
      fixes: { 'other-secret': '使用 {{name}}：那里唯一可用的 TLS Secret' },
    },
    'duplicate-certificate': {
      title: '{{other}} 使用相同的证书 {{name}}',
      detail:
        '证书同时覆盖两者的主机时，浏览器会复用到一个 Gateway 的连接去访问另一个的主机（HTTP/2），并得到 404。把这些主机放在同一个 Gateway 中即可避免。',
    },
    'tls-server-dropped': {
      title: '{{other}} 已在端口 {{port}} 上暴露 {{hosts}}',
      detail: 'Istio 保留更早创建的 Gateway 的 TLS server，丢弃此处的 server：其证书和路由不生效。',
      fixes: { 'leave-hosts': '只暴露自己的主机：{{hosts}}' },
    },
    'same-server-name': {
      title: '{{other}} 的端口 {{port}} 已有面向 {{names}} 的 server',
      detail:
        '两者的主机面向不同的命名空间，istiod 会同时保留；而 Envoy 拒绝一个名称对应两条过滤器链的监听器：该端口上的新配置不会生效，新启动的代理不会打开该端口。',
      fixes: { 'leave-hosts': '只暴露自己的主机：{{hosts}}' },
    },
    'hosts-shared': {
      title: '{{other}} 也在端口 {{port}} 上暴露 {{hosts}}',
      detail: '在相同的代理上，Istio 会合并两者的 HTTP 路由；TLS server 只保留更早创建的 Gateway 的。',
    },
    'certificate-of-other-hosts': {
      title: '证书 {{name}} 不适用于 {{hosts}}',
      detail: '客户端会拒绝连接。{{namespace}} 中的证书适用于 {{names}}。',
      fixes: { 'other-secret': '使用 {{name}}：那里唯一适用于所有这些主机的证书' },
    },
    'certificate-ends-soon': {
      title: '{{namespace}} 中的证书 {{name}} 将在 {{days}} 天后过期',
      detail: '届时客户端会拒绝连接。自动续期尚未发生。',
      fixes: { 'other-secret': '使用 {{name}}：那里唯一适用于所有这些主机的证书' },
    },
    'credential-of-other-namespace': {
      title: '网关运行在 {{namespace}}，无法获得 Secret {{name}}',
      detail: '无论指定的是哪个，Istio 只向网关下发其自身命名空间的 Secret。TLS 握手会失败。',
      fixes: { 'own-secret': '使用网关自身命名空间中的 {{name}}' },
    },
    'mutual-without-ca': {
      title: '{{name}} 中没有说明信任哪些客户端',
      detail:
        '双向 TLS 需要 CA：Secret 中的键 ca.crt 或 cacert，或 {{namespace}} 中的 Secret {{name}}-cacert。在 CA 出现之前，任何客户端都无法连接。',
    },
    'no-routes': {
      title: '没有 VirtualService 绑定到 {{name}}',
      detail: '其 HTTP 端口已打开，但一律返回 404。TCP 端口以及透传 TLS 的端口，没有路由就不会打开。',
    },
    'protocol-dropped': {
      title: '{{other}} 已占用端口 {{port}}，协议为 {{first}}',
      detail:
        '代理的一个端口只能用于 HTTP、用于 TLS，或用于一个其他协议的 server。Istio 保留第一个 server，跳过此处的（{{protocol}}）。',
    },
    'redirect-to-nothing': {
      title: '{{hosts}} 被重定向到 HTTPS，但这些代理的 Gateway 都没有以 HTTPS 暴露它',
      detail: '客户端跟随重定向后，既没有证书也没有路由可用。',
      fixes: { 'no-redirect': '直接暴露，不做重定向' },
    },
    'plain-too': {
      title: '{{hosts}} 除 HTTPS 外，也可以不加密访问',
      detail: '通过 HTTP 访问的客户端会得到明文响应。',
      fixes: { redirect: '将客户端重定向到 HTTPS' },
    },
    'only-old-tls': {
      title: 'TLS 最高只支持 {{maximum}}',
      detail: '如今的浏览器和库会拒绝这样的连接（RFC 8996）。',
      fixes: { tls13: '最高支持到 TLS 1.3' },
    },
  },
}
