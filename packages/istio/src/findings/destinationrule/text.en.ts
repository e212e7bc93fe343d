export const destinationruleFindings = {
  destinationrule: {
    'host-not-found': {
      title: 'No service named {{host}}',
      detail: 'Istio accepts the rule, and it has no effect. A name without dots is looked for in {{namespace}}.',
      fixes: { 'full-name': 'Write {{name}}, the only service of that name' },
    },
    'host-not-visible': {
      title: '{{host}} is not exported to {{namespace}}',
      detail: 'Istio accepts the rule, and it has no effect on clients of {{namespace}}: they do not know the host.',
    },
    'host-not-everywhere': {
      title: '{{host}} is not known everywhere the rule is',
      detail: 'The rule is exported further than {{host}}. Outside {{namespace}} it has no effect.',
    },
    'host-wildcard': {
      title: '{{host}} stands for every service under it',
      detail:
        'The rule holds for all such services, later ones too, except where a narrower DestinationRule exists: Istio takes that one alone and nothing of this.',
    },
    'system-ca': {
      title: 'No CA is named for {{host}}: the system’s CAs verify its certificate',
      detail:
        'Istio accepts any certificate for the host that one of the CAs of the proxy’s image has signed. A certificate of a private CA is refused.',
      fixes: { 'name-ca': 'Name the CAs: {{path}}' },
    },
    'port-system-ca': {
      title: 'No CA is named for port {{port}} of {{host}}: the system’s CAs verify its certificate',
      detail:
        'Istio accepts any certificate for the host that one of the CAs of the proxy’s image has signed. A certificate of a private CA is refused.',
      fixes: { 'name-ca': 'Name the CAs: {{path}}' },
    },
    'server-unverified': {
      title: 'The certificate of {{host}} is not verified',
      detail: 'insecureSkipVerify is set: traffic is encrypted, and anyone may answer in place of the host.',
      fixes: { 'name-ca': 'Verify it by the CAs in {{path}}' },
    },
    'port-server-unverified': {
      title: 'The certificate on port {{port}} of {{host}} is not verified',
      detail: 'insecureSkipVerify is set: traffic is encrypted, and anyone may answer in place of the host.',
      fixes: { 'name-ca': 'Verify it by the CAs in {{path}}' },
    },
    'subset-empty': {
      title: 'No Pod of {{host}} is in the subset {{subset}}',
      detail: 'Istio accepts it; requests that are routed to the subset get 503. It selects {{labels}}.',
    },
    'subset-of-others': {
      title: 'Only Pods of other services are in the subset {{subset}} of {{host}}',
      detail:
        'Istio accepts it; requests that are routed to the subset get 503. It selects {{labels}}, and no endpoint of the host has that.',
    },
  },
}
