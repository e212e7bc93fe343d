export const peerFindings = {
  peerauthentication: {
    duplicate: {
      title: '{{winner}} is older and decides at this level ({{level}})',
      detail: 'Istio ignores this policy: of several at one level only the oldest counts.',
    },
    'root-selector': {
      title: 'A policy with a selector has no effect in {{rootNamespace}}',
      detail: 'Istio ignores it: in the root namespace only policies for the whole mesh count.',
    },
    'no-workload': {
      title: 'No Pod in {{namespace}} has {{selector}}',
      detail: 'Istio accepts the policy, and it concerns nobody.',
      fixes: { 'other-label': 'Select by {{labels}}, which Pods there have' },
    },
    overlap: {
      title: '{{winner}} is older and selects {{pod}} too',
      detail: 'Of the policies that select a workload Istio takes the oldest alone: there this one has no effect.',
    },
    'port-not-found': {
      title: 'No Pod of the policy serves port {{port}}',
      detail: 'Istio ignores the setting: ports here are those of the Pods ({{targets}}), not those of Services.',
      fixes: { 'port-of-pods': 'Write {{port}}, the port of the Pods behind it' },
    },
    'strict-without-proxy': {
      title: 'STRICT does not hold for {{count}} Pods without a proxy, {{namespace}}/{{pod}} among them',
      detail:
        'Nobody refuses plain text to them, and what they send themselves is refused by those that have a proxy. Inject them, or exempt whom they call.',
    },
    'permissive-left': {
      title: 'Plain text is still let in, and every Pod has a proxy',
      detail: 'PERMISSIVE is for the time of moving into the mesh: nobody here needs it any more.',
      fixes: { 'other-mode': 'Set {{mode}}' },
    },
    disabled: {
      title: 'Mutual TLS is switched off',
      detail: 'Traffic is plain text, and callers have no identity: no rule by principal or namespace can match.',
      fixes: { 'other-mode': 'Set {{mode}}' },
    },
    'port-plain': {
      title: 'Port {{port}} is plain text, though {{by}} asks for STRICT around it',
      detail:
        'Whoever calls it sends no mutual TLS and has no identity there: no rule by principal or namespace can match, and whoever can reach the Pod can call it.',
      fixes: { 'other-mode': 'Set {{mode}}' },
    },
    'port-permissive': {
      title: 'Port {{port}} takes plain text too, though {{by}} asks for STRICT around it',
      detail:
        'Callers without mutual TLS are let in, without an identity. That is what it is for where such callers are meant, as one that collects metrics; rules by principal keep them out.',
      fixes: { 'other-mode': 'Set {{mode}}' },
    },
    'clients-plain': {
      title: 'Only mutual TLS is let in, and no client is told to send it',
      detail:
        'Automatic mutual TLS is switched off in the mesh, and no DestinationRule for these services sets ISTIO_MUTUAL: requests are refused.',
    },
  },
}
