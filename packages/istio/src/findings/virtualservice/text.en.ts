export const virtualserviceFindings = {
  virtualservice: {
    'host-not-found': {
      title: 'No service named {{host}}',
      detail:
        'Istio accepts it and answers requests to {{host}} with 503. A name without dots is looked for in {{namespace}}.',
      fixes: {
        'full-name': 'Write {{name}}, the only service of that name',
        'service-entry': 'Make {{host}} known by a ServiceEntry',
      },
    },
    'host-not-everywhere': {
      title: '{{host}} is not known everywhere the rule is',
      detail:
        'The rule is exported further than {{host}}: sidecars of {{namespace}} reach it, those of other namespaces get 503.',
    },
    'host-not-visible': {
      title: '{{host}} is not exported to {{namespace}}',
      detail: 'Istio accepts it. Sidecars of {{namespace}} do not know the host and answer with 503.',
    },
    'port-not-found': {
      title: '{{host}} has no port {{port}}',
      detail:
        'Istio accepts it and answers requests that are routed there with 503. The host has these ports: {{ports}}.',
      fixes: { port: 'Send to port {{port}}' },
    },
    'port-unsaid': {
      title: '{{host}} has several ports, and none is named',
      detail:
        'Istio takes the port that the request came to. Where the host has no such port, as is usual behind gateways, the answer is 503. The host has these ports: {{ports}}.',
      fixes: { port: 'Send to port {{port}}' },
    },
    'gateway-not-found': {
      title: 'No Gateway {{gateway}}',
      detail: 'Istio accepts it, and the rule has no effect there: nothing named {{name}} exists in {{namespace}}.',
      fixes: { 'full-gateway': 'Name {{gateway}}, the only Gateway called so' },
    },
    'matched-gateway-not-found': {
      title: 'A match names no Gateway: {{gateway}}',
      detail: 'Istio accepts it, and the match never applies: nothing named {{name}} exists in {{namespace}}.',
      fixes: { 'full-gateway': 'Name {{gateway}}, the only Gateway called so' },
    },
    'gateway-internal': {
      title: '{{gateway}} is made by Istio for a Gateway of the Gateway API',
      detail:
        'Such names may change at any time, and the rule then has no effect. Routes of the Gateway API attach to the Gateway itself.',
    },
    'host-not-in-gateway': {
      title: 'The Gateway {{gateway}} does not serve {{hosts}}',
      detail: 'Istio attaches no route of the rule there. From this namespace the Gateway takes {{served}}.',
      fixes: { 'serve-host': 'Let the Gateway serve {{host}}' },
    },
    'hosts-conflict': {
      title: 'Another rule is for {{hosts}} too: {{other}}',
      detail:
        'Sidecars take the routes of the oldest VirtualService of a host and ignore those of all others. {{count}} other rules are for the same hosts.',
    },
    'no-host': {
      title: 'A destination names no host',
      detail: 'istiod refuses the object: every route needs to know where to.',
    },
    'host-twice': {
      title: 'The host {{host}} is named twice',
      detail: 'istiod refuses the object: a host may be named once, whether by its short or its full name.',
      fixes: { once: 'Name it once' },
    },
    'hosts-overlap': {
      title: 'Some hosts are covered by another rule as well: {{other}}',
      detail:
        'Istio takes the rule with the narrower host alone: routes of the wildcard do not apply to it. The other rule has {{hosts}}.',
    },
    'subset-not-found': {
      title: 'No DestinationRule defines the subset {{subset}} of {{host}}',
      detail: 'Istio accepts it and answers requests that are routed there with 503.',
      fixes: { 'define-subset': 'Define {{subset}} by the label version' },
    },
    'subset-not-visible': {
      title: 'The subset {{subset}} of {{host}} is defined where the rule cannot see it',
      detail:
        'The DestinationRule is not exported to the namespace of the rule. Requests that are routed to the subset get 503.',
    },
    'subset-elsewhere': {
      title: 'The subset {{subset}} of {{host}} comes from a rule for a wildcard or of another namespace',
      detail:
        'It works as long as no narrower DestinationRule exists for the host: Istio takes the narrowest one alone, and the subset would be gone.',
    },
    'subset-rules-elsewhere': {
      title: '{{rule}} shares {{host}} out among subsets; this rule sends to all of it',
      detail:
        'Requests that come in here are routed by this rule only. Versions get them evenly, whatever {{rule}} says.',
    },
    'subset-beside-whole': {
      title: 'The rule sends to subsets of {{host}}, and here to all of it',
      detail: 'Requests of this route reach every version, those of the subsets too.',
    },
    'claims-without-authentication': {
      title: 'Nothing reads the token that {{claim}} is about',
      detail:
        'The route never matches: no RequestAuthentication is for the Pod {{pod}} of the Gateway {{gateway}}, so Istio knows no claims there.',
    },
    'weight-sum': {
      title: 'Weights add up to {{sum}}, not 100',
      detail: 'Istio accepts them as shares of {{sum}}.',
    },
    'weight-ignored': {
      title: 'The weight of the only destination has no effect',
      detail: 'Istio sends everything to a single destination, whatever its weight.',
      fixes: { 'no-weight': 'Leave the weight out' },
    },
  },
}
