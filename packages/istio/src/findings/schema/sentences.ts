/**
 * istiod's words by what they mean, so that we can tell it in the reader's language: `{{name}}` stands for whatever is
 * there. What none fits is told in istiod's own words.
 */
export type Sentence = { slug: string; params: Record<string, string> }

type Sentences = Readonly<Record<string, readonly string[]>>

/** pkg/config/validation (master eed52ebb66ad): errors. */
export const refusals = {
  'weight-negative': ['weight {{weight}} < 0'],
  'weights-zero': ['total destination weight = 0'],
  'routes-missing': ['http, tcp or tls must be provided in virtual service'],
  'action-missing': ['HTTP route, redirect or direct_response is required'],
  'actions-exclusive': [
    'HTTP route cannot contain both {{one}} and {{other}}',
    'HTTP route rule cannot contain both {{one}} and {{other}}',
  ],
  'hosts-overlap': ['duplicate hosts in virtual service: {{host}} & {{other}}'],
  'mesh-wildcard': ['wildcard host * is not allowed for virtual services bound to the mesh gateway'],
  'fault-empty': ['HTTP fault injection must have an abort and/or a delay'],
  'retries-off': ['http retry policy configured when attempts are set to 0 (disabled)'],
  'retry-condition-unknown': ['"{{condition}}" is not a valid retryOn policy'],
  'sni-foreign': ['SNI host "{{sni}}" is not a compatible subset of any of the virtual service hosts: [{{hosts}}]'],
  'prefix-empty': ['"{{field}}": prefix string match should not be empty'],
  'regex-empty': ['"{{field}}": regex string match should not be empty'],
  'regex-long': ['"{{field}}": regex is too large, max length allowed is {{most}}'],
  'regex-invalid': ['"{{field}}": error parsing regexp: {{why}}; Istio uses RE2 style regex-based match ({{page}})'],
  'header-name-invalid': ['header name {{name}} is not a valid header name'],
  'destination-missing': ['destination is required', 'destination is required for mirrors'],
  'duration-invalid': ['bad Duration: time: {{why}}'],
  'duration-short': ['duration must be greater than 1ms'],
  'duration-fine': ['only durations to ms precision are supported'],
  'port-range': ['port number {{port}} must be in the range 1..65535'],
  'port-name-invalid': ['invalid port name: {{name}}'],
  'port-name-missing': ['port name must be set: {{port}}'],
  'port-name-twice': [
    'port names in servers must be unique: duplicate name {{name}}',
    'service entry port name "{{name}}" already defined',
  ],
  'port-twice': ['service entry port {{port}} already defined'],
  'protocol-unknown': [
    'invalid protocol "{{protocol}}", supported protocols are {{known}}',
    'unsupported protocol: {{protocol}}',
  ],
  'domain-empty': ['empty domain name not allowed'],
  'domain-invalid': ['domain name "{{name}}" invalid (label "{{label}}" invalid)'],
  'domain-numeric': ['domain name "{{name}}" invalid (top level domain "{{label}}" cannot be all-numeric)'],
  'domain-short': ['short names (non FQDN) are not allowed'],
  'wildcard-partial': ['partial wildcard "{{host}}" not allowed'],
  'address-invalid': ['{{address}} is not a valid IP', '{{address}} is not a valid CIDR block'],
  'endpoint-address-invalid': [
    'endpoint address "{{address}}" is not a valid IP address',
    'endpoint address "{{address}}" is not a valid FQDN or an IP address',
  ],
  'label-value-invalid': ['invalid tag value: "{{value}}"'],
  'label-key-invalid': ['invalid tag key: "{{key}}"'],
  'subset-twice': ['duplicate subset names: {{name}}'],
  'subset-name-invalid': ['subset name is invalid: {{name}}', 'subset name cannot be empty'],
  'policy-empty': ['traffic policy must have at least one field', 'port traffic policy must have at least one field'],
  'percentage-range': ['percentage {{value}} is not in range 0..100'],
  'client-certificate-missing': ['client certificate required for mutual tls', 'private key required for mutual tls'],
  'servers-missing': ['gateway must have at least one server'],
  'server-hosts-missing': ['server config must contain at least one host'],
  'server-tls-missing': ['server must have TLS settings for HTTPS/TLS protocols'],
  'server-tls-unused': [
    'server cannot have TLS settings for plain text HTTP ports',
    'server cannot have TLS settings for non HTTPS/TLS ports',
  ],
  'server-certificate-missing': ['{{mode}} TLS requires a server certificate', '{{mode}} TLS requires a private key'],
  'client-authority-missing': ['{{mode}} TLS requires a client CA bundle'],
  'entry-hosts-missing': ['service entry must have at least one host'],
  'entry-endpoints-unused': ['no endpoints should be provided for resolution type none'],
  'entry-unresolvable': [
    'hosts must be FQDN or contain only prefix wildcards if no endpoints are provided for resolution mode {{resolution}}, {{why}}',
  ],
  'workload-address-missing': ['address is required'],
  'sidecar-empty': ['sidecar: empty configuration provided'],
  'egress-host-form': ['host must be of form namespace/dnsName'],
  'export-twice': [
    'duplicate entries in exportTo for entry {{entry}}',
    'duplicate entries in exportTo: . and current namespace {{entry}}',
  ],
  'export-mixed': ['cannot have both public (*) and non-public exportTo values for a resource'],
  'port-levels-unselected': ['mesh/namespace peer authentication cannot have port level mTLS'],
  'token-of-nobody': ['issuer or jwksUri must be non-empty string'],
  'attachments-two': ['only one of targetRefs or workloadSelector can be set'],
  'rules-missing': ['{{action}} action without `rules` is meaningless as it will never be triggered, {{advice}}'],
  'source-empty': ['`from.source` must not be empty, found at rule {{rule}}'],
  'operation-empty': ['`to.operation` must not be empty, found at rule {{rule}}'],
  'custom-unsupported': ['{{attribute}} is currently not supported with CUSTOM action'],
  'dry-run-unsupported': ['{{object}} has unsupported annotation istio.io/dry-run, please remove the annotation'],
  'annotation-internal': ['"{{annotation}}" annotation found, this may not be set by users'],
  'key-unknown': ['unknown field "{{key}}" on {{object}}'],
} as const satisfies Sentences

/** The same files: warnings. */
export const warnings = {
  'mirror-percent-deprecated': ['using deprecated setting "mirrorPercent", use "mirrorPercentage" instead'],
  'consecutive-errors-deprecated': [
    'outlier detection consecutive errors is deprecated, use consecutiveGatewayErrors or consecutive5xxErrors instead',
  ],
  'ring-size-deprecated': [
    "consistent hash MinimumRingSize is deprecated, use ConsistentHashLB's RingHash configuration instead",
  ],
  'gateway-name-legacy': [
    'using legacy gatewayName format "{{name}}"; prefer the <namespace>/<name> format: "{{better}}"',
  ],
  'failover-unnoticed': ['outlier detection policy must be provided for failover'],
  'deny-all-tcp': ['configured AuthorizationPolicy will deny all traffic to TCP ports under its scope {{because}}'],
  'envoy-internals': ['EnvoyFilter exposes internal implementation details that may change at any time. {{advice}}'],
  'filter-name-deprecated': ['using deprecated filter name "{{name}}"; use "{{better}}" instead'],
  'selector-empty': [
    'workload selector specified without labels',
    '{{kind}}: workload selector specified without labels, will be applied to all services in namespace',
  ],
  'certificates-unused': ['{{mode}} mode does not use certificates, they will be ignored'],
  'redirect-unused': ['tls.httpsRedirect should only be used with http servers'],
  'ciphers-unknown': ['ignoring invalid cipher suites: [{{names}}]'],
  'egress-host-twice': ['duplicated egress host: {{host}}'],
  'addresses-missing': [
    'addresses are required for ports serving TCP (or unset) protocol when IP Autoallocation is not enabled',
  ],
  'tracing-several': ['multiple tracing is not currently supported', 'multiple providers is not currently supported'],
} as const satisfies Sentences

type Form = { slug: string; form: RegExp }

function formsOf(sentences: Sentences): Form[] {
  return Object.entries(sentences).flatMap(([slug, templates]) =>
    templates.map((template) => ({ slug, form: formOf(template) })),
  )
}

function formOf(template: string): RegExp {
  const parts = template.split(/\{\{(\w+)\}\}/)
  const source = parts.map((part, index) =>
    index % 2 === 1 ? `(?<${part}>[\\s\\S]*?)` : part.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&'),
  )
  return new RegExp(`^${source.join('')}$`)
}

const refusalForms = formsOf(refusals)
const warningForms = formsOf(warnings)

function meant(forms: readonly Form[], words: string): Sentence | undefined {
  for (const { slug, form } of forms) {
    const match = form.exec(words)
    if (match !== null) return { slug, params: { ...match.groups } }
  }
  return undefined
}

/** What a refusal of istiod's means, if we have a sentence of our own for it. */
export const refusalMeant = (words: string): Sentence | undefined =>
  meant(refusalForms, words.replace(/^invalid policy .*?: /s, ''))

/** What a warning of istiod's means, if we have a sentence of our own for it. */
export const warningMeant = (words: string): Sentence | undefined => meant(warningForms, words)
