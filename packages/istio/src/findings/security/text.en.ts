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
  },
}
