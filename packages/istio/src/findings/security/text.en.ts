export const securityFindings = {
  peerauthentication: {
    duplicate: {
      title: '{{winner}} is older and decides at this level ({{level}})',
      detail: 'Istio ignores this policy: of several at one level only the oldest counts.',
    },
    'root-selector': {
      title: 'A policy with a selector has no effect in {{rootNamespace}}',
      detail: 'Istio ignores it: in the root namespace only policies for the whole mesh count.',
    },
  },
  authorizationpolicy: {
    'denies-all': {
      title: 'Denies every request ({{scope}})',
      detail: 'Istio accepts it: ALLOW without rules matches nothing, so all that no other policy allows is denied.',
    },
    'no-workload': {
      title: 'No workload of the mesh is concerned',
      detail: 'Istio accepts the policy, and nothing in {{namespace}} that has a proxy is selected ({{selector}}).',
    },
    'namespace-not-found': {
      title: 'There is no namespace {{namespace}}',
      detail: 'Istio accepts the rule; nobody calls from there.',
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
      title: 'istiod fetches keys from wherever rules say ({{count}} rules)',
      detail:
        'Who may write a RequestAuthentication can have istiod call any address. Set BLOCKED_CIDRS_IN_JWKS_URIS on istiod.',
    },
  },
}
