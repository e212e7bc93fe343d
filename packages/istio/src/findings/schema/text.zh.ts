import { told } from './told.ts'

const refused = {
  'weight-negative': '权重 {{weight}} 是负数',
  'weights-zero': '该路由的所有权重都是 0',
  'routes-missing': '没有任何路由：http、tls、tcp 都为空',
  'action-missing': '该路由没有任何动作：既无目标，也无重定向或直接响应',
  'actions-exclusive': '{{one}} 与 {{other}} 不能同时使用',
  'hosts-overlap': '主机 {{host}} 与 {{other}} 重叠',
  'mesh-wildcard': '网格内部不允许使用主机 *',
  'fault-empty': '故障注入既没有延迟也没有中止',
  'retries-off': '重试已关闭（attempts 为 0），却仍有重试设置',
  'retry-condition-unknown': '{{condition}} 不是有效的重试条件',
  'sni-foreign': 'SNI 主机 {{sni}} 不属于该规则的主机：{{hosts}}',
  'prefix-empty': '{{field}} 的匹配前缀为空',
  'regex-empty': '{{field}} 的正则表达式为空',
  'regex-long': '{{field}} 的正则表达式超过 {{most}} 个字符',
  'regex-invalid': '{{field}} 的正则表达式无效：{{why}}',
  'header-name-invalid': '{{name}} 不是有效的请求头名称',
  'destination-missing': '缺少目标',
  'duration-invalid': '不是有效的时长：{{why}}',
  'duration-short': '时长小于 1 毫秒',
  'duration-fine': '时长的精度高于毫秒',
  'port-range': '端口 {{port}} 不在 1 到 65535 之间',
  'port-name-invalid': '{{name}} 不是有效的端口名称',
  'port-name-missing': '端口没有名称',
  'port-name-twice': '两个端口都名为 {{name}}',
  'port-twice': '端口 {{port}} 重复',
  'protocol-unknown': 'Istio 没有名为 {{protocol}} 的协议',
  'domain-empty': '主机名为空',
  'domain-invalid': '{{name}} 不是有效的主机名：其中的 {{label}} 无效',
  'domain-numeric': '{{name}} 不是有效的主机名：以数字 {{label}} 结尾',
  'domain-short': '此处不允许使用短主机名',
  'wildcard-partial': '{{host}} 中的 * 与其他字符处于同一段',
  'address-invalid': '{{address}} 不是有效的 IP 地址或网段',
  'endpoint-address-invalid': '{{address}} 不能作为此处端点的地址',
  'label-value-invalid': '{{value}} 不是有效的标签值',
  'label-key-invalid': '{{key}} 不是有效的标签键',
  'subset-twice': '两个服务版本都名为 {{name}}',
  'subset-name-invalid': '服务版本的名称无效',
  'policy-empty': '流量策略为空',
  'percentage-range': '{{value}} 不是 0 到 100 之间的百分比',
  'client-certificate-missing': '双向 TLS 缺少客户端证书或其私钥',
  'servers-missing': 'Gateway 没有任何 server',
  'server-hosts-missing': '有 server 没有主机',
  'server-tls-missing': 'HTTPS 或 TLS 端口缺少 TLS 设置',
  'server-tls-unused': '端口的协议不使用 TLS，却有 TLS 设置',
  'server-certificate-missing': '{{mode}} TLS 缺少服务器证书或其私钥',
  'client-authority-missing': '{{mode}} TLS 缺少校验客户端证书的 CA',
  'entry-hosts-missing': 'ServiceEntry 没有主机',
  'entry-endpoints-unused': '已提供端点，但解析方式是 NONE',
  'entry-unresolvable': 'DNS（{{resolution}}）无法解析其中的主机：{{why}}',
  'workload-address-missing': '工作负载没有地址',
  'sidecar-empty': 'Sidecar 为空',
  'egress-host-form': '出站主机不是“命名空间/主机”的形式',
  'export-twice': 'exportTo 中 {{entry}} 重复',
  'export-mixed': 'exportTo 中 * 与命名空间同时出现',
  'port-levels-unselected': '按端口设置模式需要选择器',
  'token-of-nobody': 'JWT 规则既没有 issuer 也没有 jwksUri',
  'attachments-two': 'selector 与 targetRefs 同时设置',
  'rules-missing': '{{action}} 没有规则就永远不会生效',
  'source-empty': '规则 {{rule}} 的来源为空',
  'operation-empty': '规则 {{rule}} 的操作为空',
  'custom-unsupported': 'CUSTOM 动作不支持 {{attribute}}',
  'dry-run-unsupported': '试运行只适用于 AuthorizationPolicy',
  'annotation-internal': '注解 {{annotation}} 由 Istio 内部使用',
  'key-unknown': '{{key}} 不是对象的顶层字段',
}

const refusedFixes = {
  'weight-negative': { 'weight-zero': '不向该目标分配流量：权重设为 0', 'remove-weight': '移除权重：只有一个目标' },
  'weights-zero': { 'share-equally': '平均分配流量' },
  'actions-exclusive': { keep: '保留 {{kept}}，移除 {{gone}}' },
  'hosts-overlap': { 'remove-host': '移除已被另一主机覆盖的 {{host}}' },
  'mesh-wildcard': { 'gateways-only': '该规则只用于网关，不用于网格内部' },
  'fault-empty': { 'remove-fault': '移除空的故障注入' },
  'retries-off': { 'retry-nothing': '保持关闭重试，移除其余设置' },
  'retry-condition-unknown': { 'use-condition': '改为 {{better}}' },
  'sni-foreign': { 'add-host': '将 {{value}} 加入该规则的主机' },
  'prefix-empty': { presence: '只要求其存在，值任意', any: '移除该条件：任何值都以空前缀开头' },
  'regex-invalid': { 'as-regex': '改为 {{value}}：* 表示任意文本' },
  'header-name-invalid': { 'use-name': '改为 {{value}}' },
  'duration-invalid': {
    'use-duration': '改为 {{value}}',
    seconds: '改为 {{value}}（秒）',
    milliseconds: '改为 {{value}}（毫秒）',
  },
  'duration-short': { 'round-up': '向上取整为 {{value}}', 'no-limit': '移除该字段：不设置即没有此限制' },
  'duration-fine': { 'round-up': '向上取整为 {{value}}' },
  'port-name-invalid': { 'name-port': '命名为 {{name}}，端点中的引用一并修改' },
  'port-name-missing': { 'name-port': '命名为 {{name}}' },
  'port-name-twice': { 'name-port': '命名为 {{name}}' },
  'port-twice': { 'remove-port': '移除后一个：两者内容相同' },
  'protocol-unknown': { 'use-protocol': '改为 {{protocol}}' },
  'domain-invalid': { 'host-alone': '改为 {{value}}：只写主机名' },
  'wildcard-partial': { dot: '改为 {{value}}：其下的所有主机' },
  'address-invalid': { 'host-alone': '改为 {{value}}：只写地址' },
  'endpoint-address-invalid': {
    'host-alone': '改为 {{value}}：只写地址',
    'resolve-dns': '端点是域名：改用 DNS 解析',
  },
  'label-value-invalid': { 'use-value': '改为 {{value}}' },
  'label-key-invalid': { 'use-name': '改为 {{value}}' },
  'subset-twice': { 'remove-subset': '移除两个相同服务版本 {{name}} 中的后一个' },
  'subset-name-invalid': { 'use-name': '命名为 {{value}}' },
  'policy-empty': { 'remove-empty': '移除没有内容的策略' },
  'percentage-range': { 'use-value': '改为允许的最接近值 {{value}}' },
  'client-certificate-missing': { 'istio-mutual': '使用 Istio 签发的证书：模式设为 ISTIO_MUTUAL' },
  'server-tls-unused': {
    'speak-tls': '在该端口上使用 TLS：协议改为 {{value}}',
    plain: '在该端口上使用明文：移除 TLS 设置，只保留到 HTTPS 的重定向',
  },
  'entry-endpoints-unused': { 'resolve-static': '使用这些端点：解析方式设为 {{value}}' },
  'entry-unresolvable': {
    'resolve-each': '在访问时解析各主机：DYNAMIC_DNS',
    'resolve-none': '按客户端的目标地址转发：解析方式设为 NONE',
  },
  'egress-host-form': { 'any-namespace': '改为 {{host}}：任意命名空间' },
  'export-twice': { 'remove-entry': '移除重复的 {{value}}' },
  'export-mixed': { 'export-everywhere': '只保留 *' },
  'port-levels-unselected': { 'same-everywhere': '移除按端口的设置：与其他端口的模式相同' },
  'rules-missing': { 'match-everything': '对所有请求询问该提供方' },
  'dry-run-unsupported': { 'remove-annotation': '移除该注解（{{value}}）' },
  'annotation-internal': { 'remove-annotation': '移除该注解（{{value}}）' },
  'key-unknown': { 'rename-key': '改为 {{better}}', 'remove-key': '移除 {{key}}' },
}

const warned = {
  'mirror-percent-deprecated': 'mirrorPercent 已弃用',
  'consecutive-errors-deprecated': 'consecutiveErrors 已弃用',
  'ring-size-deprecated': 'minimumRingSize 已弃用',
  'gateway-name-legacy': '{{name}} 是旧的网关命名方式',
  'deny-all-tcp': '只使用了 HTTP 属性：其范围内的所有 TCP 流量都会被拒绝',
  'envoy-internals': '它直接修改 Envoy 自身的配置，而各版本的配置可能不同',
  'filter-name-deprecated': '{{name}} 是过滤器 {{better}} 的旧名称',
  'selector-empty': '选择器没有标签：会选中整个命名空间',
  'addresses-missing': '没有地址的 TCP 端口会匹配发往该端口的所有流量',
  'tracing-several': '只有一项链路追踪配置生效：提供方取第一个，设置取最后一个',
}

const idle = {
  'failover-unnoticed': '没有离群检测就不会发生故障转移',
  'certificates-unused': '模式 {{mode}} 不使用证书',
  'redirect-unused': 'httpsRedirect 在非 HTTP 端口上不生效',
  'ciphers-unknown': 'Istio 不识别密码套件 {{names}}',
  'egress-host-twice': '前面已有 {{host}}',
}

const warnedFixes = {
  'mirror-percent-deprecated': { 'use-setting': '改用 {{setting}}' },
  'consecutive-errors-deprecated': { 'use-setting': '改用 {{setting}}' },
  'ring-size-deprecated': { 'use-setting': '改用 {{setting}}' },
  'gateway-name-legacy': { 'use-name': '改为 {{better}}' },
  'failover-unnoticed': { detect: '添加离群检测，采用 Envoy 的默认值：连续 5 次错误后移出 30 秒' },
  'filter-name-deprecated': { 'use-name': '改为 {{better}}' },
  'selector-empty': { 'remove-selector': '移除选择器：作用于整个命名空间，与现在相同' },
  'certificates-unused': {
    terminate: '使用这些证书：模式改为 SIMPLE',
    'remove-certificates': '移除证书：TLS 直接透传',
  },
  'redirect-unused': { 'remove-redirect': '移除 httpsRedirect' },
  'ciphers-unknown': { 'use-names': '改为 {{value}}', 'remove-ciphers': '移除 Istio 忽略的套件' },
  'egress-host-twice': { 'remove-entry': '移除重复的 {{value}}' },
  'addresses-missing': {
    'resolve-dns': '用 DNS 解析主机：istiod 会为其分配地址',
    allocate: '由 istiod 分配地址：移除禁止分配的标签',
  },
  'tracing-several': { 'keep-first': '只保留第一个', merge: '按 Istio 的读取方式合并为一个' },
}

const shadowed = {
  'rule-unreachable': '规则 {{rule}} 永远不会命中',
  'match-ineffective': '规则 {{rule}} 的匹配 {{match}} 不生效：{{by}} 排在前面',
}

const shadowedFixes = {
  'rule-unreachable': {
    'remove-rule': '移除该规则：没有请求会命中它',
    'open-rule-last': '将匹配所有请求的规则移到最后',
  },
  'match-ineffective': {
    'rule-before': '将该规则移到抢先匹配其请求的规则之前',
    'remove-rule': '移除该规则：没有请求会命中它',
    'remove-match': '移除该匹配：有没有它结果相同',
  },
}

const misshapen = {
  'type-wrong': '此处应为 {{wanted}} 类型，实际为 {{actual}}',
  'value-unknown': '此处不允许 {{value}}，允许的值为：{{known}}',
  'field-missing': '缺少字段 {{field}}',
  'value-unfit': '此处不允许 {{value}}（{{rule}}）',
  'item-twice': '列表中 {{item}} 出现两次',
  'rule-broken': '违反 schema 规则：{{rule}}',
  'version-unserved': '{{kind}} 没有 {{version}} 版本，只有 {{versions}}',
  'choice-wrong': '以下字段互相排斥：{{fields}}',
}

const misshapenFixes = {
  'type-wrong': { 'use-type': '改为正确类型的 {{value}}' },
  'version-unserved': { 'use-version': '改为 {{value}}' },
  'value-unknown': { 'use-value': '改为 {{value}}' },
  'field-missing': { 'add-field': '添加 {{field}}：{{value}}' },
  'value-unfit': { 'use-value': '改为允许的最接近值 {{value}}' },
  'item-twice': { 'remove-item': '移除两个相同条目中的后一个' },
  'rule-broken': {
    keep: '保留 {{kept}}，移除 {{gone}}',
    'round-up': '向上取整为 {{value}}',
    'no-limit': '移除该字段：不设置即没有此限制',
    'use-duration': '改为 {{value}}',
    seconds: '改为 {{value}}（秒）',
    milliseconds: '改为 {{value}}（毫秒）',
    'remove-value': '移除 {{value}}',
    'resolve-dns': '使用所有端点：解析方式改为 DNS',
  },
  'choice-wrong': { keep: '保留 {{kept}}，移除 {{gone}}' },
}

const unknown = {
  'field-unknown': '没有名为 {{field}} 的字段',
}

const unknownFixes = {
  'field-unknown': { 'use-field': '改为 {{value}}' },
}

export const schemaFindings = {
  schema: {
    ...told({
      titles: { rejected: 'istiod 拒绝该对象：{{words}}' },
      detail: 'Istio 会拒绝该对象，之前的配置继续生效。',
      fixes: {},
    }),
    ...told({ titles: { warned: 'istiod 警告：{{words}}' }, detail: 'Istio 会接受该对象。', fixes: {} }),
    ...told({ titles: refused, detail: 'Istio 会拒绝该对象，之前的配置继续生效：{{words}}', fixes: refusedFixes }),
    ...told({
      titles: misshapen,
      detail: 'API 服务器会按 schema 拒绝该对象，之前的配置继续生效。',
      fixes: misshapenFixes,
    }),
    ...told({ titles: unknown, detail: 'API 服务器会丢弃该字段，Istio 看不到它。', fixes: unknownFixes }),
    ...told({ titles: warned, detail: 'Istio 会接受该对象，但给出警告：{{words}}', fixes: warnedFixes }),
    ...told({ titles: idle, detail: 'istiod 给出警告，该部分不生效：{{words}}', fixes: warnedFixes }),
  },
}

export const shadowFindings = told({
  titles: shadowed,
  detail: '这些请求由前面的规则处理，istiod 给出警告：{{words}}',
  fixes: shadowedFixes,
})
