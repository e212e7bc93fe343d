export const securityFindings = {
  requestauthentication: {
    'no-workload': {
      title: 'No Pod in {{namespace}} has {{selector}}',
      detail: 'Istio accepts it, and it checks nobody’s tokens.',
      fixes: { 'other-label': 'Select by {{labels}}, which Pods there have' },
    },
    'no-workload-of-mesh': {
      title: 'No Pod of the mesh has {{selector}}',
      detail: 'Istio accepts it, for all namespaces as it is in {{namespace}}, and it checks nobody’s tokens.',
    },
    'token-optional': {
      title: 'Requests without a token pass',
      detail:
        'Istio refuses wrong tokens by it; a request without any is let through, as no AuthorizationPolicy for these workloads asks for one.',
      fixes: { 'require-token': 'Deny requests without a token: AuthorizationPolicy {{name}}' },
    },
    'keys-twice': {
      title: 'Two sources of keys for {{issuer}}',
      detail: 'Istio takes the keys that are written here and ignores the address.',
      fixes: { 'keep-keys': 'Take the address out' },
    },
    'keys-missing': {
      title: 'Nothing says where the keys of {{issuer}} are',
      detail:
        'Istio accepts the rule and refuses every token of the issuer: no keys are given, and the issuer is no URL at which to ask for them.',
    },
    'keys-unreachable': {
      title: 'No service {{host}} with port {{port}} to fetch keys from',
      detail: 'Istio accepts the rule and refuses every token of the issuer until it can fetch the keys.',
      fixes: { 'port-of-service': 'Ask at port {{port}}, the only one of the service' },
    },
    'issuer-twice': {
      title: 'A second rule for {{issuer}}',
      detail: 'A token is good by either rule: keys or audiences of one of them may be wider than is meant.',
      fixes: { 'one-rule': 'Take the second out: it says the same' },
    },
    'place-twice': {
      title: '{{name}} is named twice as the place of the token',
      detail: 'Istio looks there once or twice, to the same end.',
      fixes: { once: 'Name it once' },
    },
    'no-rules': {
      title: 'It has no rules',
      detail: 'Istio accepts it, and it checks no token.',
    },
  },
  authorizationpolicy: {
    'denies-all': {
      title: 'Denies every request ({{scope}})',
      detail: 'Istio accepts it: ALLOW without rules matches nothing, so all that no other policy allows is denied.',
      fixes: { 'allow-own-namespace': 'Allow callers of {{namespace}}' },
    },
    'no-workload': {
      title: 'No workload of the mesh is concerned',
      detail: 'Istio accepts the policy, and nothing in {{namespace}} that has a proxy is selected ({{selector}}).',
    },
    'workload-unseen': {
      title: 'istioctl sees no workload that it is for',
      detail:
        'It looks for Pods with a sidecar that are there already. This policy is for {{what}}, which it does not look at.',
    },
    'nothing-in-mesh': {
      title: 'No workload of {{namespace}} is in the mesh',
      detail: 'Istio accepts the policy, and nothing that it is for has a proxy: it denies nobody, and lets nobody in.',
    },
    'namespace-not-found': {
      title: 'There is no namespace {{namespace}}',
      detail: 'Istio accepts the rule; nobody calls from there.',
      fixes: { 'near-name': 'Write {{name}}' },
    },
    'allows-all': {
      title: 'A rule allows every request',
      detail:
        'It asks for nothing, so it matches everything, of callers outside of the mesh too: other ALLOW rules for these workloads change nothing.',
      fixes: { 'own-namespace': 'Allow callers of {{namespace}} only' },
    },
    'any-identity': {
      title: 'A rule allows every workload that has an identity',
      detail: 'Callers of any namespace, of federated meshes too, are let in; only plain text is not.',
      fixes: { 'own-namespace': 'Allow callers of {{namespace}} only' },
    },
    'only-exclusions': {
      title: 'A rule allows all but what it excludes',
      detail:
        'It says who or what is not meant, and nothing else. Callers without an identity, who send plain text, are let in.',
      fixes: { 'require-identity': 'Ask for an identity too' },
    },
    'denies-everyone': {
      title: 'A rule denies every request',
      detail: 'It asks for nothing, so it matches everything; Istio asks DENY before ALLOW.',
      fixes: { 'deny-strangers': 'Deny only callers without an identity' },
    },
    'excludes-itself': {
      title: '{{not}} takes back all that {{field}} asks for',
      detail: 'Both must hold, so nothing matches here ({{values}}).',
      fixes: { 'drop-exclusion': 'Take {{field}} out' },
    },
    'conditions-disjoint': {
      title: '{{key}} cannot be both {{others}} and {{values}}',
      detail: 'All conditions of a rule must hold: this one never does. Values of one condition are alternatives.',
      fixes: {
        either: 'Make one condition of both: either value of {{key}}',
        'namespaces-of-principals': 'Write the namespaces of the principals: {{namespaces}}',
      },
    },
    shadowed: {
      title: '{{namespace}}/{{policy}} denies all that this rule allows',
      detail: 'Istio asks DENY before ALLOW: the rule lets nobody in.',
    },
    'method-unknown': {
      title: '{{value}} is no HTTP method',
      detail: 'Methods are compared letter by letter, in capitals; calls of gRPC are POST, told apart by their path.',
      fixes: { capitals: 'Write {{right}}' },
    },
    'path-never': {
      title: 'No request has the path {{value}}',
      detail: 'Istio compares the path without query and fragment, and a path begins with a slash.',
      fixes: { 'plain-path': 'Write {{right}}' },
    },
    'star-inside': {
      title: 'The star in {{value}} stands for itself',
      detail: 'A star stands for anything at the start or at the end of a value only, and at one of the two.',
      fixes: { 'star-that-works': 'Write {{right}}' },
    },
    'host-not-found': {
      title: 'No service named {{host}}',
      detail: 'Istio accepts the rule; it compares the host that a request is for, and none is for this one.',
      fixes: { 'full-name': 'Write {{name}}, the only service of that name' },
    },
    'principal-form': {
      title: '{{value}} is not how Istio writes an identity',
      detail: 'It compares with trust-domain/ns/namespace/sa/account, without a scheme: nobody has this one.',
      fixes: { 'as-istio-writes': 'Write {{right}}' },
    },
    'trust-domain-unknown': {
      title: 'The mesh does not have the trust domain {{domain}}',
      detail: 'Workloads of this mesh are of {{trustDomain}}: {{value}} is none of them.',
      fixes: { 'own-trust-domain': 'Write {{right}}' },
    },
    'account-not-found': {
      title: 'There is no service account {{account}} in {{namespace}}',
      detail: 'Istio accepts the rule; nobody calls as {{value}}.',
      fixes: { 'known-account': 'Write {{right}}' },
    },
    'pattern-of-nobody': {
      title: 'No service account of the mesh is meant by {{value}}',
      detail: 'Istio accepts the rule; nobody calls with such an identity.',
    },
    'account-elsewhere': {
      title: 'The service account {{account}} of {{namespace}} is in {{clusters}} only',
      detail: 'Callers of those clusters are meant. Istio trusts them where the clusters share the root of trust.',
    },
    'port-of-service': {
      title: 'Port {{port}} is that of the Service {{service}}, not of its Pods',
      detail: 'Istio compares with the port of the Pods ({{targets}}): the rule never matches by this one.',
      fixes: { 'port-of-pods': 'Write {{port}}' },
    },
    'port-not-found': {
      title: 'No Pod of the policy serves port {{port}}',
      detail: 'Istio accepts the rule, and it never matches by this port. Known are {{targets}}.',
    },
    'tcp-shut': {
      title: 'Nothing allows traffic to the TCP port {{port}} of {{service}} ({{count}} in all)',
      detail:
        'Istio leaves ALLOW rules that ask for methods, paths, hosts or tokens out on TCP ports: as no other rule allows them, all their connections are closed.',
      fixes: { 'allow-port': 'Allow callers of {{namespace}} at {{ports}}' },
    },
    'tcp-denied': {
      title: 'Denies more on the TCP port {{port}} of {{service}} ({{count}} in all)',
      detail:
        'Istio leaves methods, paths, hosts and tokens of a DENY rule out on TCP ports and denies by what is left, which may be everything.',
      fixes: { 'except-ports': 'Except {{ports}}' },
    },
    'needs-mtls': {
      title: '{{field}} needs mutual TLS, and {{namespace}}/{{policy}} has switched it off',
      detail:
        'Without it callers have no identity, and name no server: ALLOW by it lets nobody in, DENY by it stops nobody.',
      fixes: { 'other-mode': 'Set {{mode}} there' },
    },
    'clients-plain': {
      title: '{{field}} needs mutual TLS, and no client is told to send it',
      detail:
        'Automatic mutual TLS is switched off in the mesh, and no DestinationRule for these services sets it: callers have no identity. ALLOW by it lets nobody in, DENY by it stops nobody.',
    },
    'clients-told-plain': {
      title: '{{field}} needs mutual TLS, and {{rule}} tells clients to send none',
      detail:
        'The DestinationRule is for all clients of these services: they have no identity here. ALLOW by it lets nobody in, DENY by it stops nobody.',
    },
    'plain-text-passes': {
      title: 'Callers who send plain text are not denied',
      detail:
        'Mutual TLS is not demanded here (PERMISSIVE). Who is meant by the rule can call without it, and then has no identity to be denied by.',
      fixes: { 'deny-strangers': 'Deny callers without an identity too' },
    },
    'provider-not-found': {
      title: 'The mesh has no provider {{provider}}',
      detail: 'Istio cannot ask it, so it denies all that the rules match.',
      fixes: { 'declared-provider': 'Name {{right}}, the only one that authorizes' },
    },
    'provider-unfit': {
      title: 'The provider {{provider}} does not authorize',
      detail: 'It is for something else. Istio denies all that the rules match.',
      fixes: { 'declared-provider': 'Name {{right}}, the only one that authorizes' },
    },
    'provider-unreachable': {
      title: 'No service {{host}} with port {{port}} for the provider {{provider}}',
      detail: 'Istio cannot ask it and denies all that the rules match. The host must be a whole name.',
    },
    'providers-differ': {
      title: '{{policy}} asks {{first}} for the same workloads',
      detail: 'Istio lets a workload have one provider; with several it denies all that the rules of either match.',
      fixes: { 'same-provider': 'Ask {{right}} here too' },
    },
    'dry-run': {
      title: 'It is only tried: nothing is allowed or denied by it',
      detail: 'Istio writes down what it would do, as istio.io/dry-run asks.',
      fixes: { enforce: 'Put it in force' },
    },
    'dry-run-unclear': {
      title: 'istio.io/dry-run is {{value}}, neither true nor false',
      detail: 'Istio ignores it and puts the policy in force.',
      fixes: { enforce: 'Say so' },
    },
    'issuer-unknown': {
      title: 'No RequestAuthentication for these workloads knows the issuer {{issuer}}',
      detail: 'Istio accepts the rule; no token of the issuer is taken here. Known are {{issuers}}.',
      fixes: { 'known-issuer': 'Write {{right}}' },
    },
    'token-unread': {
      title: 'A rule asks for a token that nobody checks',
      detail:
        'No RequestAuthentication is for these workloads: no request has a principal or claims. ALLOW lets nobody in by it; DENY of those without a token denies all.',
    },
  },
  policy: {
    'gateway-selector': {
      title: 'The selector ({{selector}}) selects Pods of the Gateway {{gateways}} without effect',
      detail: 'Pods of a Gateway of the Gateway API take only policies that refer to it by targetRefs.',
      fixes: { refer: 'Refer to the Gateway {{name}}' },
    },
  },
  istiod: {
    'jwks-fetch-open': {
      title: 'istiod fetches keys from wherever rules say (rules: {{count}})',
      detail:
        'Who may write a RequestAuthentication can have istiod call any address. Set BLOCKED_CIDRS_IN_JWKS_URIS on istiod.',
      fixes: { 'close-metadata': 'Keep it from {{ranges}}' },
    },
  },
}

/** Said of what clients are told to send, by what servers accept. */
export const mtlsFindings = {
  'plain-to-strict': {
    title: 'Clients of {{host}} are told {{mode}}, and {{policy}} demands mutual TLS',
    detail: 'Requests are refused: the servers accept nothing else (STRICT, {{level}}).',
    fixes: { 'send-mutual': 'Send mutual TLS' },
  },
  'mtls-refused': {
    title: 'Clients of {{host}} are told to send mutual TLS, and {{policy}} switches it off',
    detail: 'Requests fail: the servers take what comes for plain text ({{level}}).',
    fixes: { 'send-plain': 'Send plain text' },
  },
  'mtls-without-proxy': {
    title: 'Clients of {{host}} are told to send mutual TLS, and no Pod of it has a proxy',
    detail: 'Requests fail: nobody there ends mutual TLS.',
    fixes: { 'send-plain': 'Send plain text' },
  },
  'overrides-mtls': {
    title: '{{rule}} sends mutual TLS to {{wider}}, and this narrower rule does not',
    detail:
      'Istio takes the narrowest rule for a host alone, and automatic mutual TLS is switched off: requests to {{host}} are plain text.',
    fixes: { 'send-mutual': 'Send mutual TLS here too' },
  },
}
