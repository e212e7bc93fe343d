import { told } from './told.ts'

const refused = {
  'weight-negative': 'The weight {{weight}} is negative',
  'weights-zero': 'All weights of the route are 0',
  'routes-missing': 'It has no route: neither http nor tls nor tcp',
  'action-missing': 'The route says nothing to do: no destination, redirect or direct response',
  'actions-exclusive': '{{one}} and {{other}} exclude each other',
  'hosts-overlap': 'The hosts {{host}} and {{other}} overlap',
  'mesh-wildcard': 'The host * is not allowed inside the mesh',
  'fault-empty': 'The fault injects neither a delay nor an abort',
  'retries-off': 'Retries are switched off (attempts 0) and described at once',
  'retry-condition-unknown': '{{condition}} is no condition to retry on',
  'sni-foreign': 'The SNI host {{sni}} is none of the hosts of the rule: {{hosts}}',
  'prefix-empty': 'The prefix to match ({{field}}) is empty',
  'regex-empty': 'The regular expression to match ({{field}}) is empty',
  'regex-long': 'The regular expression ({{field}}) is longer than {{most}} characters',
  'regex-invalid': 'The regular expression ({{field}}) is not valid: {{why}}',
  'header-name-invalid': '{{name}} is no name of a header',
  'destination-missing': 'A destination is missing',
  'duration-invalid': 'That is no duration: {{why}}',
  'duration-short': 'The duration is shorter than 1 ms',
  'duration-fine': 'The duration is finer than a millisecond',
  'port-range': 'The port {{port}} is outside 1 to 65535',
  'port-name-invalid': '{{name}} is no name of a port',
  'port-name-missing': 'The port has no name',
  'port-name-twice': 'Two ports are called {{name}}',
  'port-twice': 'The port {{port}} is there twice',
  'protocol-unknown': 'Istio knows no protocol {{protocol}}',
  'domain-empty': 'A host name is empty',
  'domain-invalid': '{{name}} is no host name: {{label}} is not a valid part of it',
  'domain-numeric': '{{name}} is no host name: it ends with the number {{label}}',
  'domain-short': 'Short host names are not allowed here',
  'wildcard-partial': '{{host}} has * beside other characters of one part',
  'address-invalid': '{{address}} is no IP address or block',
  'endpoint-address-invalid': '{{address}} cannot be the address of an endpoint here',
  'label-value-invalid': '{{value}} is no value of a label',
  'label-key-invalid': '{{key}} is no key of a label',
  'subset-twice': 'Two subsets are called {{name}}',
  'subset-name-invalid': 'The name of a subset is not valid',
  'policy-empty': 'A traffic policy is empty',
  'percentage-range': '{{value}} is no percentage from 0 to 100',
  'client-certificate-missing': 'Mutual TLS without a client certificate and its key',
  'servers-missing': 'The gateway has no server',
  'server-hosts-missing': 'A server has no host',
  'server-tls-missing': 'A port for HTTPS or TLS has no TLS settings',
  'server-tls-unused': 'TLS settings on a port whose protocol has no TLS',
  'server-certificate-missing': '{{mode}} TLS without a server certificate or its key',
  'client-authority-missing': '{{mode}} TLS without the authority of client certificates',
  'entry-hosts-missing': 'The ServiceEntry has no host',
  'entry-endpoints-unused': 'Endpoints are given and resolution is NONE',
  'entry-unresolvable': 'DNS ({{resolution}}) cannot resolve a host of it: {{why}}',
  'workload-address-missing': 'The workload has no address',
  'sidecar-empty': 'The Sidecar is empty',
  'egress-host-form': 'An egress host is not of the form namespace/host',
  'export-twice': '{{entry}} is in exportTo twice',
  'export-mixed': 'exportTo has * and namespaces beside it',
  'port-levels-unselected': 'Modes of single ports need a selector',
  'token-of-nobody': 'A JWT rule has neither issuer nor jwksUri',
  'attachments-two': 'Both selector and targetRefs are set',
  'rules-missing': '{{action}} without rules would never apply',
  'source-empty': 'A source of rule {{rule}} is empty',
  'operation-empty': 'An operation of rule {{rule}} is empty',
  'custom-unsupported': '{{attribute}} is not supported with CUSTOM',
  'dry-run-unsupported': 'Dry run is for AuthorizationPolicies only',
  'annotation-internal': "The annotation {{annotation}} is Istio's own",
  'key-unknown': '{{key}} is no key of an object',
}

const refusedFixes = {
  'weight-negative': {
    'weight-zero': 'Send nothing there: weight 0',
    'remove-weight': 'Remove the weight: there is one destination only',
  },
  'weights-zero': { 'share-equally': 'Share the traffic equally' },
  'actions-exclusive': { keep: 'Keep {{kept}}, remove {{gone}}' },
  'hosts-overlap': { 'remove-host': 'Remove {{host}}, which the other host covers' },
  'mesh-wildcard': { 'gateways-only': 'Keep the rule for its gateways only, not for the mesh' },
  'fault-empty': { 'remove-fault': 'Remove the empty fault' },
  'retries-off': { 'retry-nothing': 'Keep retries off and remove the rest' },
  'retry-condition-unknown': { 'use-condition': 'Write {{better}}' },
  'sni-foreign': { 'add-host': 'Add {{value}} to the hosts of the rule' },
  'prefix-empty': {
    presence: 'Ask only that it is there, with any value',
    any: 'Do not ask for it: every value begins so',
  },
  'regex-invalid': { 'as-regex': 'Write {{value}}: * for any text' },
  'header-name-invalid': { 'use-name': 'Write {{value}}' },
  'duration-invalid': {
    'use-duration': 'Write {{value}}',
    seconds: 'Write {{value}}: seconds',
    milliseconds: 'Write {{value}}: milliseconds',
  },
  'duration-short': {
    'round-up': 'Round up to {{value}}',
    'no-limit': 'Leave it out: without it there is no such limit',
  },
  'duration-fine': { 'round-up': 'Round up to {{value}}' },
  'port-name-invalid': { 'name-port': 'Name it {{name}}, also where endpoints say it' },
  'port-name-missing': { 'name-port': 'Name it {{name}}' },
  'port-name-twice': { 'name-port': 'Name it {{name}}' },
  'port-twice': { 'remove-port': 'Remove the second: it says the same' },
  'protocol-unknown': { 'use-protocol': 'Write {{protocol}}' },
  'domain-invalid': { 'host-alone': 'Write {{value}}: the host alone' },
  'wildcard-partial': { dot: 'Write {{value}}: all hosts below it' },
  'address-invalid': { 'host-alone': 'Write {{value}}: the address alone' },
  'endpoint-address-invalid': {
    'host-alone': 'Write {{value}}: the address alone',
    'resolve-dns': 'Resolve endpoints by DNS: it is a name',
  },
  'label-value-invalid': { 'use-value': 'Write {{value}}' },
  'label-key-invalid': { 'use-name': 'Write {{value}}' },
  'subset-twice': { 'remove-subset': 'Remove the second of two equal subsets {{name}}' },
  'subset-name-invalid': { 'use-name': 'Name it {{value}}' },
  'policy-empty': { 'remove-empty': 'Remove what says nothing' },
  'percentage-range': { 'use-value': 'Write {{value}}, the nearest that is allowed' },
  'client-certificate-missing': { 'istio-mutual': "Use Istio's own certificates: mode ISTIO_MUTUAL" },
  'server-tls-unused': {
    'speak-tls': 'Serve TLS on the port: protocol {{value}}',
    plain: 'Serve plain text: remove the TLS settings, but for a redirect to HTTPS',
  },
  'entry-endpoints-unused': { 'resolve-static': 'Use the endpoints: resolution {{value}}' },
  'entry-unresolvable': {
    'resolve-each': 'Resolve each host when it is called: DYNAMIC_DNS',
    'resolve-none': 'Send traffic where its client sent it: resolution NONE',
  },
  'egress-host-form': { 'any-namespace': 'Write {{host}}: of any namespace' },
  'export-twice': { 'remove-entry': 'Remove the second {{value}}' },
  'export-mixed': { 'export-everywhere': 'Keep * alone' },
  'port-levels-unselected': { 'same-everywhere': 'Remove the ports: they have the mode of all others' },
  'rules-missing': { 'match-everything': 'Ask the provider for every request' },
  'dry-run-unsupported': { 'remove-annotation': 'Remove the annotation ({{value}})' },
  'annotation-internal': { 'remove-annotation': 'Remove the annotation ({{value}})' },
  'key-unknown': { 'rename-key': 'Write {{better}}', 'remove-key': 'Remove {{key}}' },
}

const warned = {
  'mirror-percent-deprecated': 'mirrorPercent is deprecated',
  'consecutive-errors-deprecated': 'consecutiveErrors is deprecated',
  'ring-size-deprecated': 'minimumRingSize is deprecated',
  'gateway-name-legacy': '{{name}} is the old way to name a gateway',
  'deny-all-tcp': 'Only HTTP attributes: all TCP traffic in its scope is denied',
  'envoy-internals': "It changes Envoy's own configuration, which may differ in each version",
  'filter-name-deprecated': '{{name}} is an old name of the filter {{better}}',
  'selector-empty': 'The selector has no labels: it selects everything in the namespace',
  'addresses-missing': 'A TCP port without addresses catches all traffic to that port',
  'tracing-several': 'Only one way of tracing counts: the first of providers, the last of settings',
}

const idle = {
  'failover-unnoticed': 'Failover without outlier detection never happens',
  'certificates-unused': 'Certificates have no effect in mode {{mode}}',
  'redirect-unused': 'httpsRedirect has no effect on a port that is not HTTP',
  'ciphers-unknown': 'Istio knows no cipher suites {{names}}',
  'egress-host-twice': '{{host}} is there already',
}

const warnedFixes = {
  'mirror-percent-deprecated': { 'use-setting': 'Use {{setting}}' },
  'consecutive-errors-deprecated': { 'use-setting': 'Use {{setting}}' },
  'ring-size-deprecated': { 'use-setting': 'Use {{setting}}' },
  'gateway-name-legacy': { 'use-name': 'Write {{better}}' },
  'failover-unnoticed': { detect: "Add outlier detection with Envoy's defaults: 5 errors in a row, out for 30 s" },
  'filter-name-deprecated': { 'use-name': 'Write {{better}}' },
  'selector-empty': { 'remove-selector': 'Leave the selector out: the whole namespace, as it is now' },
  'certificates-unused': {
    terminate: 'Use them: mode SIMPLE',
    'remove-certificates': 'Remove the certificates: TLS passes through',
  },
  'redirect-unused': { 'remove-redirect': 'Remove httpsRedirect' },
  'ciphers-unknown': {
    'use-names': 'Write {{value}}',
    'remove-ciphers': 'Remove what Istio passes over',
  },
  'egress-host-twice': { 'remove-entry': 'Remove the second {{value}}' },
  'addresses-missing': {
    'resolve-dns': 'Resolve the hosts by DNS: istiod then gives them addresses',
    allocate: 'Let istiod give addresses: remove the label that forbids it',
  },
  'tracing-several': { 'keep-first': 'Keep the first', merge: 'Make one of them, as Istio reads them' },
}

const shadowed = {
  'rule-unreachable': 'Rule {{rule}} is never reached',
  'match-ineffective': 'Match {{match}} of rule {{rule}} has no effect: {{by}} comes first',
}

const shadowedFixes = {
  'rule-unreachable': {
    'remove-rule': 'Remove the rule: no request reaches it',
    'open-rule-last': 'Move the rule that matches everything to the end',
  },
  'match-ineffective': {
    'rule-before': 'Move the rule before the one that catches its requests',
    'remove-rule': 'Remove the rule: no request reaches it',
    'remove-match': 'Remove the match: it makes no difference',
  },
}

const misshapen = {
  'type-wrong': 'A value of type {{actual}} stands where {{wanted}} must be',
  'value-unknown': '{{value}} is none of the values allowed here: {{known}}',
  'field-missing': 'The field {{field}} is missing',
  'value-unfit': '{{value}} is not allowed here ({{rule}})',
  'item-twice': 'The list has two entries for {{item}}',
  'rule-broken': 'A rule of the schema is broken: {{rule}}',
  'version-unserved': 'There is no {{kind}} in version {{version}}, only in {{versions}}',
  'choice-wrong': 'Fields that exclude each other: {{fields}}',
}

const misshapenFixes = {
  'type-wrong': { 'use-type': 'Write {{value}} in the right type' },
  'version-unserved': { 'use-version': 'Write {{value}}' },
  'value-unknown': { 'use-value': 'Write {{value}}' },
  'field-missing': { 'add-field': 'Add {{field}} {{value}}' },
  'value-unfit': { 'use-value': 'Write {{value}}, the nearest that is allowed' },
  'item-twice': { 'remove-item': 'Remove the second of two equal entries' },
  'rule-broken': {
    keep: 'Keep {{kept}}, remove {{gone}}',
    'round-up': 'Round up to {{value}}',
    'no-limit': 'Leave it out: without it there is no such limit',
    'use-duration': 'Write {{value}}',
    seconds: 'Write {{value}}: seconds',
    milliseconds: 'Write {{value}}: milliseconds',
    'remove-value': 'Remove {{value}}',
    'resolve-dns': 'Take all endpoints: resolution DNS',
  },
  'choice-wrong': { keep: 'Keep {{kept}}, remove {{gone}}' },
}

const unknown = {
  'field-unknown': 'There is no field {{field}}',
}

const unknownFixes = {
  'field-unknown': { 'use-field': 'Write {{value}}' },
}

/** What istiod refuses and warns of, in our words; istiod's own are quoted. */
export const schemaFindings = {
  schema: {
    ...told({
      titles: { rejected: 'istiod refuses it: {{words}}' },
      detail: 'Istio rejects the object, and what was in effect before stays.',
      fixes: {},
    }),
    ...told({ titles: { warned: 'istiod warns: {{words}}' }, detail: 'Istio accepts the object.', fixes: {} }),
    ...told({
      titles: refused,
      detail: 'Istio rejects the object, and what was in effect before stays: {{words}}',
      fixes: refusedFixes,
    }),
    ...told({
      titles: misshapen,
      detail: 'The API server refuses the object by its schema, and what was in effect before stays.',
      fixes: misshapenFixes,
    }),
    ...told({
      titles: unknown,
      detail: 'The API server drops the field, and Istio never sees it.',
      fixes: unknownFixes,
    }),
    ...told({ titles: warned, detail: 'Istio accepts the object and warns: {{words}}', fixes: warnedFixes }),
    ...told({ titles: idle, detail: 'istiod warns, and goes without it: {{words}}', fixes: warnedFixes }),
  },
}

/** Rules of a VirtualService that others hide. */
export const shadowFindings = told({
  titles: shadowed,
  detail: 'Earlier rules get these requests, and istiod warns: {{words}}',
  fixes: shadowedFixes,
})
