import type { mtlsFindings as enMtls, securityFindings as en } from './text.en.ts'

export const securityFindings: typeof en = {
  requestauthentication: {
    'no-workload': {
      title: '{{namespace}} 中没有 Pod 带有 {{selector}}',
      detail: 'Istio 会接受它，但不校验任何令牌。',
      fixes: { 'other-label': '改用那里的 Pod 所带的 {{labels}} 选择' },
    },
    'token-optional': {
      title: '没有令牌的请求可以通过',
      detail:
        'Istio 据此拒绝错误的令牌；完全没有令牌的请求会放行，因为没有面向这些工作负载的 AuthorizationPolicy 要求令牌。',
      fixes: { 'require-token': '拒绝没有令牌的请求：AuthorizationPolicy {{name}}' },
    },
    'keys-twice': {
      title: '{{issuer}} 有两个密钥来源',
      detail: 'Istio 采用此处写明的密钥，忽略地址。',
      fixes: { 'keep-keys': '去掉地址' },
    },
    'keys-missing': {
      title: '未说明 {{issuer}} 的密钥在哪里',
      detail: 'Istio 会接受该规则，但拒绝该签发者的所有令牌：没有给出密钥，而签发者也不是可以获取密钥的 URL。',
    },
    'keys-unreachable': {
      title: '没有带端口 {{port}} 的服务 {{host}} 可供获取密钥',
      detail: 'Istio 会接受该规则，但在取得密钥之前拒绝该签发者的所有令牌。',
      fixes: { 'port-of-service': '改用端口 {{port}}，该服务唯一的端口' },
    },
    'issuer-twice': {
      title: '{{issuer}} 有第二条规则',
      detail: '令牌满足任一规则即有效：其中一条的密钥或受众可能比预期更宽。',
      fixes: { 'one-rule': '去掉第二条：内容相同' },
    },
    'place-twice': {
      title: '令牌位置 {{name}} 写了两次',
      detail: 'Istio 查找一次或两次，结果相同。',
      fixes: { once: '只写一次' },
    },
    'no-rules': {
      title: '没有任何规则',
      detail: 'Istio 会接受它，但不校验任何令牌。',
    },
  },
  authorizationpolicy: {
    'denies-all': {
      title: '拒绝所有请求（{{scope}}）',
      detail: 'Istio 会接受该策略：没有规则的 ALLOW 不匹配任何请求，未被其他策略允许的请求都会被拒绝。',
      fixes: { 'allow-own-namespace': '允许来自 {{namespace}} 的调用方' },
    },
    'no-workload': {
      title: '没有涉及任何网格内的工作负载',
      detail: 'Istio 会接受该策略，但 {{namespace}} 中没有带代理的工作负载被选中（{{selector}}）。',
    },
    'nothing-in-mesh': {
      title: '{{namespace}} 中没有网格内的工作负载',
      detail: 'Istio 会接受该策略，但它所针对的工作负载都没有代理：它既不拒绝也不放行任何调用方。',
    },
    'namespace-not-found': {
      title: '没有命名空间 {{namespace}}',
      detail: 'Istio 会接受该规则，但没有来自那里的调用。',
      fixes: { 'near-name': '改写为 {{name}}' },
    },
    'allows-all': {
      title: '有一条规则允许所有请求',
      detail: '它没有任何条件，因此匹配一切，包括来自网格之外的调用：这些工作负载的其他 ALLOW 规则不起作用。',
      fixes: { 'own-namespace': '只允许来自 {{namespace}} 的调用方' },
    },
    'any-identity': {
      title: '有一条规则允许所有带身份的工作负载',
      detail: '任何命名空间（包括联邦网格）的调用方都可进入，只有明文不行。',
      fixes: { 'own-namespace': '只允许来自 {{namespace}} 的调用方' },
    },
    'only-exclusions': {
      title: '有一条规则允许除排除项之外的一切',
      detail: '它只说明不包括谁或什么，别无其他条件。发送明文、没有身份的调用方也会被允许。',
      fixes: { 'require-identity': '同时要求身份' },
    },
    'denies-everyone': {
      title: '有一条规则拒绝所有请求',
      detail: '它没有任何条件，因此匹配一切；Istio 先判断 DENY，再判断 ALLOW。',
      fixes: { 'deny-strangers': '只拒绝没有身份的调用方' },
    },
    'excludes-itself': {
      title: '{{not}} 排除了 {{field}} 要求的全部',
      detail: '两者必须同时成立，因此这里什么也不匹配（{{values}}）。',
      fixes: { 'drop-exclusion': '去掉 {{field}}' },
    },
    'conditions-disjoint': {
      title: '{{key}} 不可能既是 {{others}} 又是 {{values}}',
      detail: '规则的所有条件必须同时成立：这条规则永远不成立。同一条件内的多个值才是“或”。',
      fixes: {
        either: '合并为一个条件：{{key}} 取任一值',
        'namespaces-of-principals': '改写为这些主体的命名空间：{{namespaces}}',
      },
    },
    shadowed: {
      title: '{{namespace}}/{{policy}} 拒绝了此规则允许的全部',
      detail: 'Istio 先判断 DENY，再判断 ALLOW：此规则不会放行任何调用方。',
    },
    'method-unknown': {
      title: '{{value}} 不是 HTTP 方法',
      detail: '方法按大写逐字比较；gRPC 调用都是 POST，以路径区分。',
      fixes: { capitals: '改写为 {{right}}' },
    },
    'path-never': {
      title: '没有请求的路径是 {{value}}',
      detail: 'Istio 比较不含查询与片段的路径，且路径以斜杠开头。',
      fixes: { 'plain-path': '改写为 {{right}}' },
    },
    'star-inside': {
      title: '{{value}} 中的星号只代表它自身',
      detail: '只有位于值的开头或结尾的星号才代表任意内容，且只能在其中一端。',
      fixes: { 'star-that-works': '改写为 {{right}}' },
    },
    'host-not-found': {
      title: '没有名为 {{host}} 的服务',
      detail: 'Istio 会接受该规则；它比较请求的主机名，而没有请求发往该主机。',
      fixes: { 'full-name': '改写为 {{name}}，唯一同名的服务' },
    },
    'principal-form': {
      title: '{{value}} 不是 Istio 书写身份的形式',
      detail: 'Istio 以“信任域/ns/命名空间/sa/账户”比较，不带协议前缀：没有谁是这个身份。',
      fixes: { 'as-istio-writes': '改写为 {{right}}' },
    },
    'trust-domain-unknown': {
      title: '网格没有信任域 {{domain}}',
      detail: '本网格的工作负载属于 {{trustDomain}}：{{value}} 不在其中。',
      fixes: { 'own-trust-domain': '改写为 {{right}}' },
    },
    'account-not-found': {
      title: '{{namespace}} 中没有服务账户 {{account}}',
      detail: 'Istio 会接受该规则，但没有谁以 {{value}} 调用。',
      fixes: { 'known-account': '改写为 {{right}}' },
    },
    'account-elsewhere': {
      title: '{{namespace}} 的服务账户 {{account}} 只在 {{clusters}} 中',
      detail: '指的是这些集群的调用方。集群共用信任根时 Istio 信任它们。',
    },
    'port-of-service': {
      title: '端口 {{port}} 是服务 {{service}} 的端口，不是其 Pod 的端口',
      detail: 'Istio 比较 Pod 的端口（{{targets}}）：此规则永远不会按该端口匹配。',
      fixes: { 'port-of-pods': '改写为 {{port}}' },
    },
    'port-not-found': {
      title: '该策略的 Pod 都不提供端口 {{port}}',
      detail: 'Istio 会接受该规则，但永远不会按该端口匹配。已知端口为 {{targets}}。',
    },
    'tcp-shut': {
      title: '没有规则允许访问 {{service}} 的 TCP 端口 {{port}}（共 {{count}} 个）',
      detail:
        '在 TCP 端口上，Istio 会略去要求方法、路径、主机或令牌的 ALLOW 规则：没有其他规则允许时，这些连接都会被关闭。',
      fixes: { 'allow-port': '允许来自 {{namespace}} 的调用方访问 {{ports}}' },
    },
    'tcp-denied': {
      title: '在 {{service}} 的 TCP 端口 {{port}} 上会拒绝更多（共 {{count}} 个）',
      detail: '在 TCP 端口上，Istio 会略去 DENY 规则中的方法、路径、主机与令牌，按剩下的条件拒绝，可能是全部。',
      fixes: { 'except-ports': '排除 {{ports}}' },
    },
    'needs-mtls': {
      title: '{{field}} 需要双向 TLS，而 {{namespace}}/{{policy}} 关闭了它',
      detail: '这里的调用方没有身份：ALLOW 因此不放行任何人，DENY 因此拦不住任何人。',
      fixes: { 'other-mode': '在那里设为 {{mode}}' },
    },
    'plain-text-passes': {
      title: '发送明文的调用方不会被拒绝',
      detail: '这里不强制双向 TLS（PERMISSIVE）。规则所指的调用方可以不用它，此时没有身份可据以拒绝。',
      fixes: { 'deny-strangers': '同时拒绝没有身份的调用方' },
    },
    'provider-not-found': {
      title: '网格没有提供者 {{provider}}',
      detail: 'Istio 无法询问它，因此拒绝规则匹配的全部请求。',
      fixes: { 'declared-provider': '改为 {{right}}，唯一可用于授权的提供者' },
    },
    'provider-unfit': {
      title: '提供者 {{provider}} 不用于授权',
      detail: '它用于其他目的。Istio 会拒绝规则匹配的全部请求。',
      fixes: { 'declared-provider': '改为 {{right}}，唯一可用于授权的提供者' },
    },
    'provider-unreachable': {
      title: '提供者 {{provider}} 的服务 {{host}}（端口 {{port}}）不存在',
      detail: 'Istio 无法询问它，会拒绝规则匹配的全部请求。主机必须写全名。',
    },
    'providers-differ': {
      title: '{{policy}} 对同样的工作负载询问 {{first}}',
      detail: 'Istio 只允许一个工作负载有一个提供者；有多个时，任一规则匹配的请求都会被拒绝。',
      fixes: { 'same-provider': '此处也询问 {{right}}' },
    },
    'dry-run': {
      title: '只是试运行：不会据此允许或拒绝任何请求',
      detail: '按 istio.io/dry-run 的要求，Istio 只记录它会怎么做。',
      fixes: { enforce: '使其生效' },
    },
    'dry-run-unclear': {
      title: 'istio.io/dry-run 的值 {{value}} 既非 true 也非 false',
      detail: 'Istio 会忽略它，并使策略生效。',
      fixes: { enforce: '如实写明' },
    },
    'issuer-unknown': {
      title: '面向这些工作负载的 RequestAuthentication 都不认识签发者 {{issuer}}',
      detail: 'Istio 会接受该规则，但这里不接受该签发者的令牌。已知的有 {{issuers}}。',
      fixes: { 'known-issuer': '改写为 {{right}}' },
    },
    'token-unread': {
      title: '有一条规则要求令牌，但没有谁校验令牌',
      detail:
        '没有面向这些工作负载的 RequestAuthentication：请求没有主体与声明。ALLOW 因此不放行任何请求；拒绝无令牌者的 DENY 会拒绝全部。',
    },
  },
  policy: {
    'gateway-selector': {
      title: '选择器（{{selector}}）选中了 Gateway {{gateways}} 的 Pod，但不生效',
      detail: 'Gateway API 的 Gateway 的 Pod 只采用通过 targetRefs 引用它的策略。',
      fixes: { refer: '改为引用 Gateway {{name}}' },
    },
  },
  istiod: {
    'jwks-fetch-open': {
      title: 'istiod 会按规则从任意地址获取密钥（{{count}} 条规则）',
      detail:
        '能写 RequestAuthentication 的人可让 istiod 访问任意地址。请在 istiod 上设置 BLOCKED_CIDRS_IN_JWKS_URIS。',
      fixes: { 'close-metadata': '禁止访问 {{ranges}}' },
    },
  },
}

export const mtlsFindings: typeof enMtls = {
  'plain-to-strict': {
    title: '{{host}} 的客户端被设为 {{mode}}，而 {{policy}} 要求双向 TLS',
    detail: '请求会被拒绝：服务端不接受其他方式（STRICT，{{level}}）。',
    fixes: { 'send-mutual': '发送双向 TLS' },
  },
  'mtls-refused': {
    title: '{{host}} 的客户端被设为发送双向 TLS，而 {{policy}} 关闭了它',
    detail: '请求会失败：服务端把收到的内容当作明文（{{level}}）。',
    fixes: { 'send-plain': '发送明文' },
  },
  'mtls-without-proxy': {
    title: '{{host}} 的客户端被设为发送双向 TLS，但它的 Pod 都没有代理',
    detail: '请求会失败：那里没有谁终止双向 TLS。',
    fixes: { 'send-plain': '发送明文' },
  },
  'overrides-mtls': {
    title: '{{rule}} 对 {{wider}} 发送双向 TLS，而这条更窄的规则没有',
    detail: '对一个主机 Istio 只采用最窄的规则，且自动双向 TLS 已关闭：发往 {{host}} 的请求是明文。',
    fixes: { 'send-mutual': '此处也发送双向 TLS' },
  },
}
