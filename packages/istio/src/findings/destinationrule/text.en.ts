export const destinationruleFindings = {
  destinationrule: {
    'host-not-found': {
      title: 'No service named {{host}}',
      detail: 'The rule has no effect. A name without dots is looked for in {{namespace}}.',
      fixes: {
        'full-name': 'Write {{name}}, the only service of that name',
        'near-name': 'Write {{name}}, a service whose name is almost the same',
      },
    },
    'host-not-visible': {
      title: '{{host}} is not exported to {{namespace}}',
      detail: 'The rule has no effect on clients of {{namespace}}: they do not know the host.',
      fixes: { export: 'Export the host to {{namespace}}' },
    },
    'host-not-everywhere': {
      title: '{{host}} is not known everywhere the rule is',
      detail: 'The rule is exported further than {{host}}. Outside {{namespace}} it has no effect.',
      fixes: { 'own-namespace': 'Keep the rule to {{namespace}}' },
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
      detail:
        'Istio accepts it; until there is one requests that are routed to the subset get 503. It selects {{labels}}.',
      fixes: { 'other-label': 'Select by the label that Pods of {{value}} have: {{label}}' },
    },
    'subset-of-others': {
      title: 'Only Pods of other services are in the subset {{subset}} of {{host}}',
      detail:
        'Istio accepts it; requests that are routed to the subset get 503. It selects {{labels}}, and no endpoint of the host has that.',
      fixes: { 'other-label': 'Select by the label that Pods of {{value}} have: {{label}}' },
    },
    'policy-dropped': {
      title: '{{rule}} has a policy for {{host}} already',
      detail:
        'Istio puts rules of one namespace for one host together and keeps the policy of the oldest: this one has no effect.',
    },
    'subset-dropped': {
      title: '{{rule}} defines the subset {{subset}} of {{host}} already',
      detail: 'Istio puts rules of one namespace for one host together and keeps the oldest subset of a name.',
      fixes: { rename: 'Call it {{name}}' },
    },
    'subset-without-labels': {
      title: 'The subset {{subset}} selects by no label: it is all of {{host}}',
      detail: 'Good for a policy of its own; requests that are routed to it reach every version.',
      fixes: { 'by-version': 'Select by the label version: {{name}}' },
    },
    'hides-owners': {
      title: 'Clients of {{namespace}} get nothing of {{rule}}, the owner’s rule for {{host}}',
      detail:
        'Istio takes the rule of the client’s namespace alone. Missing here is: {{missing}}. Routes to a subset that is missing get 503.',
      fixes: { 'take-over': 'Take over what is missing' },
    },
    'no-clients': {
      title: 'No client in {{namespace}} uses this rule for {{host}}',
      detail:
        'Clients look in their own namespace, in {{owner}} where the host is, and in the root namespace. No Pod runs in {{namespace}}: the rule has no effect, whatever it is exported to.',
    },
    'port-drops-policy': {
      title: 'Port {{port}} has settings of its own and none of the host’s: {{settings}}',
      detail: 'Istio takes settings of a port instead of all of the host’s, not beside them.',
      fixes: { repeat: 'Repeat them for the port' },
    },
    'subset-drops-policy': {
      title: 'The subset {{subset}} has its own {{setting}} without the host’s {{lost}}',
      detail: 'Istio takes a setting of a subset as a whole in place of the host’s.',
      fixes: { repeat: 'Repeat the rest for the subset' },
    },
    'tls-twice': {
      title: 'Clients speak TLS to {{host}} on port {{ports}}, and proxies encrypt it once more ({{mode}})',
      detail:
        'The server gets TLS within TLS and ends the connection, unless clients send plain text to a port that is said to be TLS.',
      fixes: { 'no-tls': 'Leave TLS to the clients' },
    },
    'export-nowhere': {
      title: 'There is no namespace {{name}} to export to',
      detail: 'Istio accepts it. Should a namespace of that name be created later, it sees the rule.',
      fixes: { 'not-there': 'Leave that namespace out' },
    },
    'ambient-without-waypoint': {
      title: '{{host}} is in ambient mode and has no waypoint',
      detail: 'ztunnel takes no such policies: clients in ambient mode reach the service without them.',
    },
    'ambient-elsewhere': {
      title: 'The waypoint of {{host}} takes rules of {{namespace}}, not of this namespace',
      detail: 'Istio accepts the rule, and only clients with sidecars use it.',
    },
  },
}
