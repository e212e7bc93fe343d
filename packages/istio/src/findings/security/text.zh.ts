import type { mtlsFindings as enMtls, securityFindings as en } from './text.en.ts'

export const securityFindings: typeof en = {
  requestauthentication: {
    'no-workload': {
      title: '{{namespace}} 中没有 Pod 带有标签 {{selector}}',
      detail: 'Istio 会接受该对象，但它不校验任何令牌。',
      fixes: { 'other-label': '改用那里的 Pod 所带的标签：{{labels}}' },
    },
    'no-workload-of-mesh': {
      title: '网格中没有 Pod 带有标签 {{selector}}',
      detail: 'Istio 会接受该对象（它在 {{namespace}} 中，面向所有命名空间），但它不校验任何令牌。',
    },
    'token-optional': {
      title: '没有令牌的请求可以通过',
      detail:
        'Istio 据此拒绝无效的令牌；完全没有令牌的请求则会放行，因为面向这些工作负载的 AuthorizationPolicy 都没有要求令牌。',
      fixes: { 'require-token': '拒绝没有令牌的请求：AuthorizationPolicy {{name}}' },
    },
    'keys-twice': {
      title: '{{issuer}} 有两个密钥来源',
      detail: 'Istio 采用此处写明的密钥，忽略获取密钥的地址。',
      fixes: { 'keep-keys': '移除地址' },
    },
    'keys-missing': {
      title: '没有说明 {{issuer}} 的密钥在何处',
      detail: 'Istio 会接受该规则，但拒绝该签发者的所有令牌：没有提供密钥，而该签发者又不是可用来获取密钥的 URL。',
    },
    'keys-unreachable': {
      title: '找不到端口为 {{port}} 的服务 {{host}}，无法获取密钥',
      detail: 'Istio 会接受该规则，但在取得密钥之前拒绝该签发者的所有令牌。',
      fixes: { 'port-of-service': '改用该服务唯一的端口 {{port}}' },
    },
    'issuer-twice': {
      title: '{{issuer}} 还有第二条规则',
      detail: '令牌符合任一规则即有效：其中一条的密钥或受众可能超出预期。',
      fixes: { 'one-rule': '移除第二条：内容相同' },
    },
    'place-twice': {
      title: '令牌位置 {{name}} 写了两次',
      detail: 'Istio 在该位置查找一次还是两次，结果相同。',
      fixes: { once: '只写一次' },
    },
    'no-rules': {
      title: '没有任何规则',
      detail: 'Istio 会接受该对象，但它不校验任何令牌。',
    },
  },
  authorizationpolicy: {
    'denies-all': {
      title: '拒绝所有请求（{{scope}}）',
      detail: 'Istio 会接受该策略：没有规则的 ALLOW 不匹配任何请求，因此未被其他策略允许的请求都会被拒绝。',
      fixes: { 'allow-own-namespace': '允许来自 {{namespace}} 的调用方' },
    },
    'no-workload': {
      title: '不涉及网格内的任何工作负载',
      detail: 'Istio 会接受该策略，但 {{namespace}} 中没有带代理的工作负载被选中（{{selector}}）。',
    },
    'workload-unseen': {
      title: 'istioctl 看不到该策略所针对的工作负载',
      detail: '它只查找已有的、带 sidecar 的 Pod。该策略针对 {{what}}，istioctl 不查看它。',
    },
    'nothing-in-mesh': {
      title: '{{namespace}} 中没有网格内的工作负载',
      detail: 'Istio 会接受该策略，但它所针对的工作负载都没有代理：它既不拒绝也不放行任何调用方。',
    },
    'namespace-not-found': {
      title: '命名空间 {{namespace}} 不存在',
      detail: 'Istio 会接受该规则，但没有来自那里的调用。',
      fixes: { 'near-name': '改为 {{name}}' },
    },
    'allows-all': {
      title: '有一条规则允许所有请求',
      detail: '它没有任何条件，因此匹配所有请求，包括来自网格之外的调用：面向这些工作负载的其他 ALLOW 规则都不起作用。',
      fixes: { 'own-namespace': '只允许来自 {{namespace}} 的调用方' },
    },
    'any-identity': {
      title: '有一条规则允许所有具有身份的工作负载',
      detail: '任何命名空间的调用方都会被放行，联邦网格中的也不例外；只有明文不行。',
      fixes: { 'own-namespace': '只允许来自 {{namespace}} 的调用方' },
    },
    'only-exclusions': {
      title: '有一条规则允许除排除项之外的所有请求',
      detail: '它只列出排除项，没有其他条件。发送明文、没有身份的调用方也会被放行。',
      fixes: { 'require-identity': '同时要求身份' },
    },
    'denies-everyone': {
      title: '有一条规则拒绝所有请求',
      detail: '它没有任何条件，因此匹配所有请求；Istio 先判断 DENY，再判断 ALLOW。',
      fixes: { 'deny-strangers': '只拒绝没有身份的调用方' },
    },
    'excludes-itself': {
      title: '{{not}} 排除了 {{field}} 所要求的全部',
      detail: '两者必须同时满足，因此这里没有请求能匹配（{{values}}）。',
      fixes: { 'drop-exclusion': '移除 {{field}}' },
    },
    'conditions-disjoint': {
      title: '{{key}} 不可能既是 {{others}} 又是 {{values}}',
      detail: '规则的所有条件必须同时满足：这条规则永远不会匹配。同一条件的多个值之间才是“或”的关系。',
      fixes: {
        either: '合并为一个条件：{{key}} 取任一值',
        'namespaces-of-principals': '改为这些主体所属的命名空间：{{namespaces}}',
      },
    },
    shadowed: {
      title: '{{namespace}}/{{policy}} 拒绝了该规则允许的所有请求',
      detail: 'Istio 先判断 DENY，再判断 ALLOW：该规则不会放行任何调用方。',
    },
    'method-unknown': {
      title: '{{value}} 不是 HTTP 方法',
      detail: '方法名按大写逐字比较；gRPC 调用都是 POST，以路径区分。',
      fixes: { capitals: '改为 {{right}}' },
    },
    'path-never': {
      title: '没有请求的路径会是 {{value}}',
      detail: 'Istio 比较的路径不含查询参数和片段，且以斜杠开头。',
      fixes: { 'plain-path': '改为 {{right}}' },
    },
    'star-inside': {
      title: '{{value}} 中的星号只表示星号本身',
      detail: '只有位于开头或结尾的星号才代表任意内容，且只能用在其中一端。',
      fixes: { 'star-that-works': '改为 {{right}}' },
    },
    'host-not-found': {
      title: '没有名为 {{host}} 的服务',
      detail: 'Istio 会接受该规则；它比较的是请求的目标主机，而没有请求以该主机为目标。',
      fixes: { 'full-name': '改为 {{name}}：唯一同名的服务' },
    },
    'principal-form': {
      title: '{{value}} 不符合 Istio 的身份写法',
      detail: 'Istio 按“信任域/ns/命名空间/sa/账号”的形式比较，不带协议前缀：没有调用方具有该身份。',
      fixes: { 'as-istio-writes': '改为 {{right}}' },
    },
    'trust-domain-unknown': {
      title: '网格没有信任域 {{domain}}',
      detail: '该网格的工作负载属于 {{trustDomain}}：其中没有 {{value}}。',
      fixes: { 'own-trust-domain': '改为 {{right}}' },
    },
    'account-not-found': {
      title: '{{namespace}} 中没有服务账号 {{account}}',
      detail: 'Istio 会接受该规则，但没有调用方使用身份 {{value}}。',
      fixes: { 'known-account': '改为 {{right}}' },
    },
    'pattern-of-nobody': {
      title: '网格中没有服务账号符合 {{value}}',
      detail: 'Istio 会接受该规则，但没有调用方使用这样的身份。',
    },
    'account-elsewhere': {
      title: '{{namespace}} 的服务账号 {{account}} 只存在于 {{clusters}}',
      detail: '所指的是这些集群的调用方。集群共用信任根时，Istio 信任它们。',
    },
    'port-of-service': {
      title: '端口 {{port}} 是 Service {{service}} 的端口，不是其 Pod 的端口',
      detail: 'Istio 比较的是 Pod 的端口（{{targets}}）：该规则按此端口永远不会匹配。',
      fixes: { 'port-of-pods': '改为 {{port}}' },
    },
    'port-not-found': {
      title: '该策略选中的 Pod 都没有端口 {{port}}',
      detail: 'Istio 会接受该规则，但它按此端口永远不会匹配。已知的端口为 {{targets}}。',
    },
    'tcp-shut': {
      title: '没有规则允许访问 {{service}} 的 TCP 端口 {{port}}（共 {{count}} 个此类端口）',
      detail:
        '在 TCP 端口上，Istio 会略过要求方法、路径、主机或令牌的 ALLOW 规则：没有其他规则允许这些端口，因此其所有连接都会被关闭。',
      fixes: { 'allow-port': '允许来自 {{namespace}} 的调用方访问 {{ports}}' },
    },
    'tcp-denied': {
      title: '在 {{service}} 的 TCP 端口 {{port}} 上会拒绝更多连接（共 {{count}} 个此类端口）',
      detail: '在 TCP 端口上，Istio 会略去 DENY 规则中的方法、路径、主机和令牌，只按其余条件拒绝，这可能拒绝所有连接。',
      fixes: { 'except-ports': '排除 {{ports}}' },
    },
    'needs-mtls': {
      title: '{{field}} 依赖双向 TLS，而 {{namespace}}/{{policy}} 关闭了双向 TLS',
      detail:
        '没有双向 TLS，调用方既没有身份，也不提供服务器名：以此为条件的 ALLOW 不放行任何调用方，以此为条件的 DENY 拦不住任何调用方。',
      fixes: { 'other-mode': '在该策略中设为 {{mode}}' },
    },
    'clients-plain': {
      title: '{{field}} 依赖双向 TLS，却没有让客户端使用双向 TLS',
      detail:
        '网格关闭了自动双向 TLS，也没有针对这些服务的 DestinationRule 设置双向 TLS：调用方没有身份。以此为条件的 ALLOW 不放行任何调用方，以此为条件的 DENY 拦不住任何调用方。',
    },
    'clients-told-plain': {
      title: '{{field}} 依赖双向 TLS，而 {{rule}} 让客户端不使用双向 TLS',
      detail:
        '该 DestinationRule 面向这些服务的所有客户端：它们在此处没有身份。以此为条件的 ALLOW 不放行任何调用方，以此为条件的 DENY 拦不住任何调用方。',
    },
    'plain-text-passes': {
      title: '发送明文的调用方不会被拒绝',
      detail:
        '此处不强制双向 TLS（PERMISSIVE）。规则所针对的调用方可以不使用双向 TLS，此时它们没有身份，也就不会被拒绝。',
      fixes: { 'deny-strangers': '同时拒绝没有身份的调用方' },
    },
    'provider-not-found': {
      title: '网格没有提供方 {{provider}}',
      detail: 'Istio 无法询问它，因此拒绝规则匹配的所有请求。',
      fixes: { 'declared-provider': '改为 {{right}}：唯一可用于授权的提供方' },
    },
    'provider-unfit': {
      title: '提供方 {{provider}} 不能用于授权',
      detail: '它有其他用途。Istio 会拒绝规则匹配的所有请求。',
      fixes: { 'declared-provider': '改为 {{right}}：唯一可用于授权的提供方' },
    },
    'provider-unreachable': {
      title: '找不到端口为 {{port}} 的服务 {{host}}，提供方 {{provider}} 不可用',
      detail: 'Istio 无法询问它，因此拒绝规则匹配的所有请求。主机必须写全名。',
    },
    'providers-differ': {
      title: '{{policy}} 对相同的工作负载使用提供方 {{first}}',
      detail: 'Istio 只允许一个工作负载使用一个提供方；有多个时，任一策略的规则匹配的请求都会被拒绝。',
      fixes: { 'same-provider': '此处也使用 {{right}}' },
    },
    'dry-run': {
      title: '仅试运行：不会据此允许或拒绝任何请求',
      detail: '按 istio.io/dry-run 的设置，Istio 只记录本会作出的判断。',
      fixes: { enforce: '使其生效' },
    },
    'dry-run-unclear': {
      title: 'istio.io/dry-run 的值 {{value}} 既不是 true 也不是 false',
      detail: 'Istio 会忽略该注解，并使策略生效。',
      fixes: { enforce: '明确写为生效' },
    },
    'issuer-unknown': {
      title: '面向这些工作负载的 RequestAuthentication 都没有签发者 {{issuer}}',
      detail: 'Istio 会接受该规则，但该签发者的令牌在此不被接受。已知的签发者为 {{issuers}}。',
      fixes: { 'known-issuer': '改为 {{right}}' },
    },
    'token-unread': {
      title: '有一条规则要求令牌，但没有组件校验它',
      detail:
        '没有面向这些工作负载的 RequestAuthentication：请求没有主体和声明。以此为条件的 ALLOW 不放行任何请求；拒绝无令牌请求的 DENY 会拒绝所有请求。',
    },
  },
  policy: {
    'gateway-selector': {
      title: '选择器（{{selector}}）选中了 Gateway {{gateways}} 的 Pod，但不生效',
      detail: 'Gateway API 的 Gateway，其 Pod 只采用通过 targetRefs 引用该 Gateway 的策略。',
      fixes: { refer: '改为引用 Gateway {{name}}' },
    },
  },
  istiod: {
    'jwks-fetch-open': {
      title: 'istiod 会从规则指定的任意地址获取密钥（{{count}} 条规则）',
      detail:
        '能写入 RequestAuthentication 的人，可以让 istiod 访问任意地址。请在 istiod 上设置 BLOCKED_CIDRS_IN_JWKS_URIS。',
      fixes: { 'close-metadata': '禁止访问 {{ranges}}' },
    },
  },
}

export const mtlsFindings: typeof enMtls = {
  'plain-to-strict': {
    title: '{{host}} 的客户端被设为 {{mode}}，而 {{policy}} 要求双向 TLS',
    detail: '请求会被拒绝：服务端只接受双向 TLS（STRICT，{{level}}级策略）。',
    fixes: { 'send-mutual': '使用双向 TLS' },
  },
  'mtls-refused': {
    title: '{{host}} 的客户端被设为使用双向 TLS，而 {{policy}} 关闭了双向 TLS',
    detail: '请求会失败：服务端把收到的内容当作明文（{{level}}级策略）。',
    fixes: { 'send-plain': '使用明文' },
  },
  'mtls-without-proxy': {
    title: '{{host}} 的客户端被设为使用双向 TLS，但其 Pod 都没有代理',
    detail: '请求会失败：那里没有代理来终止双向 TLS。',
    fixes: { 'send-plain': '使用明文' },
  },
  'overrides-mtls': {
    title: '{{rule}} 对 {{wider}} 使用双向 TLS，而这条主机更具体的规则没有',
    detail: '对同一主机，Istio 只采用主机最具体的规则，且自动双向 TLS 已关闭：发往 {{host}} 的请求是明文。',
    fixes: { 'send-mutual': '此处也使用双向 TLS' },
  },
}
