export const virtualserviceFindings = {
  virtualservice: {
    'host-not-found': {
      title: 'No service named {{host}}',
      detail:
        'Istio accepts it. HTTP requests that are routed there get 503, other connections are closed. A name without dots is looked for in {{namespace}}.',
      fixes: {
        'full-name': 'Write {{name}}, the only service of that name',
        'near-name': 'Write {{name}}, a service whose name is almost the same',
        'service-entry': 'Make {{host}} known by a ServiceEntry',
      },
    },
    'host-not-everywhere': {
      title: '{{host}} is not known everywhere the rule is',
      detail:
        'The rule is exported further than {{host}}: sidecars of {{namespace}} reach it, those of other namespaces get 503.',
      fixes: { 'own-namespace': 'Keep the rule to {{namespace}}' },
    },
    'host-not-visible': {
      title: '{{host}} is not exported to {{namespace}}',
      detail: 'Istio accepts it. Sidecars of {{namespace}} do not know the host and answer with 503.',
      fixes: { export: 'Export the host to {{namespace}}' },
    },
    'port-not-found': {
      title: '{{host}} has no port {{port}}',
      detail:
        'Istio accepts it. HTTP requests that are routed there get 503, other connections are closed. The host has these ports: {{ports}}.',
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
      detail: 'The rule has no effect there: nothing named {{name}} exists in {{namespace}}.',
      fixes: { 'full-gateway': 'Name {{gateway}}, the only Gateway called so' },
    },
    'matched-gateway-not-found': {
      title: 'A match names no Gateway: {{gateway}}',
      detail: 'The match never applies: nothing named {{name}} exists in {{namespace}}.',
      fixes: { 'full-gateway': 'Name {{gateway}}, the only Gateway called so' },
    },
    'gateway-internal': {
      title: '{{gateway}} is made by Istio for a Gateway of the Gateway API',
      detail:
        'Such names may change at any time, and the rule then has no effect. Routes of the Gateway API attach to the Gateway itself.',
    },
    'sni-overlap': {
      title: 'Route {{route}} takes TLS for {{names}}, which route {{earlier}} takes already',
      detail:
        'istiod keeps both, as their lists of names are not the same; Envoy refuses a listener with two filter chains for one name: what is new for the port does not take effect in proxies that call these hosts, and new proxies do not get it at all.',
      fixes: { 'leave-names': 'Match only {{names}} here' },
    },
    'sni-taken': {
      title: 'Port {{port}} of {{gateway}} ends TLS for {{names}}, which this route passes on',
      detail:
        'istiod keeps both; Envoy refuses a listener with two filter chains for one name: what is new on the port does not take effect, and a new proxy does not open it.',
      fixes: { 'leave-names': 'Pass on only {{names}}' },
    },
    'host-not-in-gateway': {
      title: 'The Gateway {{gateway}} does not serve {{hosts}}',
      detail: 'Istio attaches no route of the rule there. From this namespace the Gateway takes {{served}}.',
      fixes: { 'serve-host': 'Let the Gateway serve {{hosts}}' },
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
      detail: 'Istio accepts it. HTTP requests that are routed there get 503, other connections are closed.',
      fixes: { 'define-subset': 'Define {{subset}} by the label version' },
    },
    'subset-not-visible': {
      title: 'The subset {{subset}} of {{host}} is defined where the rule cannot see it',
      detail:
        'The DestinationRule is not exported to the namespace of the rule. Requests that are routed to the subset get 503.',
      fixes: { export: 'Export the DestinationRule to {{namespace}}' },
    },
    'subset-hidden-from-clients': {
      title: 'Clients in {{namespace}} do not know the subset {{subset}} of {{host}}',
      detail:
        'They follow the rule, and the DestinationRule that defines the subset is not exported to them: their requests get 503.',
      fixes: { export: 'Export the DestinationRule to {{namespace}}' },
    },
    'subset-hidden-from-gateway': {
      title: 'Gateways in {{namespace}} do not know the subset {{subset}} of {{host}}',
      detail:
        'A gateway looks for DestinationRules in its own namespace, in the service’s and in the root namespace, and takes those that are exported to it. Requests that it routes to the subset get 503.',
      fixes: { export: 'Export the DestinationRule to {{namespace}}' },
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
      fixes: { hundred: 'Write the same shares of 100' },
    },
    'weight-ignored': {
      title: 'The weight of the only destination has no effect',
      detail: 'Istio sends everything to a single destination, whatever its weight.',
      fixes: { 'no-weight': 'Leave the weight out' },
    },
    'weight-unsaid': {
      title: 'A destination has no weight beside others that have one',
      detail: 'Istio takes a weight that is not said for 0: it gets nothing. The others add up to {{sum}}.',
      fixes: { rest: 'Give it the rest: {{weight}}', 'say-zero': 'Say that it gets nothing: {{weight}}' },
    },
    'destination-twice': {
      title: '{{host}} {{subset}} is named twice in one route',
      detail: 'It gets the sum of both weights.',
      fixes: { 'as-one': 'Name it once, with both weights' },
    },
    'try-outlasts-timeout': {
      title: 'One try may last {{perTry}}, all of them together only {{timeout}}',
      detail:
        'Envoy counts the timeout over all tries: a slow first try uses it up, and none of the {{attempts}} retries ever begins.',
      fixes: { longer: 'Allow time for every try: {{timeout}}' },
    },
    'retries-cut': {
      title: 'There is no time for all {{attempts}} retries of {{perTry}} within {{timeout}}',
      detail: 'Envoy counts the timeout over all tries and ends the last ones early or never begins them.',
      fixes: { longer: 'Allow time for every try: {{timeout}}' },
    },
    'many-retries': {
      title: '{{attempts}} retries',
      detail:
        'Every hop multiplies them: three services in a row that retry so often send {{thrice}} requests to a last one that fails, just when it has the least strength.',
      fixes: { fewer: 'Retry twice, as Istio does by itself' },
    },
    'writes-retried': {
      title: '{{methods}} is sent again after {{retryOn}}',
      detail: 'The first try may have been carried out when such an answer comes: what it writes is written twice.',
      fixes: { unsent: 'Retry only what was not sent: {{retryOn}}' },
    },
    'export-nowhere': {
      title: 'There is no namespace {{name}} to export to',
      detail: 'Istio accepts it. Should a namespace of that name be created later, it sees the rule.',
      fixes: { 'not-there': 'Leave that namespace out' },
    },
    'delegate-not-found': {
      title: 'No VirtualService {{namespace}}/{{name}} to leave the route to',
      detail: 'Istio leaves the route out; its requests come to later routes, or get 404.',
    },
    'delegate-not-exported': {
      title: '{{namespace}}/{{name}} is not exported to the rule that leaves a route to it',
      detail: 'Istio leaves the route out; its requests come to later routes, or get 404.',
      fixes: { export: 'Export it to {{namespace}}' },
    },
    'delegate-with-hosts': {
      title: '{{namespace}}/{{name}} has hosts of its own and can be left no routes',
      detail: 'Istio takes for delegates only VirtualServices without hosts, and leaves this route out.',
    },
    'delegate-route-dropped': {
      title: 'Routes {{routes}} of {{namespace}}/{{name}} match what this route does not',
      detail:
        'Istio puts the conditions of both together and leaves out routes of the delegate that no condition here is wide enough for.',
    },
    'delegate-unused': {
      title: 'No rule leaves a route to this one',
      detail: 'A VirtualService without hosts works through others alone. Istio does nothing with it.',
    },
    'not-exported-to-gateway': {
      title: 'The rule is not exported to {{namespace}}, where the Gateway {{gateway}} runs',
      detail: 'The gateway answers 404: its proxies do not see the rule.',
      fixes: { export: 'Export it to {{namespace}}' },
    },
    'gateway-only': {
      title: 'Sidecars do not take this rule for {{host}}: it is bound to gateways alone',
      detail: 'Calls inside the mesh go to all of the service, without these routes. Often so meant.',
    },
    'ambient-without-waypoint': {
      title: '{{host}} is in ambient mode and has no waypoint',
      detail: 'ztunnel knows no HTTP: clients in ambient mode reach the service without these routes.',
    },
    'ambient-elsewhere': {
      title: 'The waypoint of {{host}} takes rules of {{namespace}}, not of this namespace',
      detail: 'Istio accepts the rule, and only clients with sidecars use it.',
    },
    'route-taken': {
      title: 'At the Gateway {{gateway}} the older rule {{other}} takes these requests',
      detail:
        'Istio puts routes of several VirtualServices for one host one after the other, the oldest rule first, catch-all routes last. This one is never reached there.',
    },
    'route-covered': {
      title: 'Route {{index}} comes after route {{earlier}}, which takes its requests',
      detail: 'Routes are tried in their order; this one is never reached.',
      fixes: {
        before: 'Put it before route {{earlier}}',
        without: 'Remove route {{index}}: no request reaches it',
      },
    },
    'routes-of-other-protocol': {
      title: 'The {{protocol}} routes are for none of the ports: {{ports}}',
      detail:
        'Istio uses routes of a protocol only on ports of that protocol. Traffic goes to the service without them.',
      fixes: { 'say-protocol': 'Say {{protocol}} for port {{port}}' },
    },
    'routes-not-at-gateway': {
      title: 'The Gateways take {{servers}} routes for these hosts, not {{protocol}}',
      detail:
        'Where TLS is passed on Istio knows no HTTP, and where TLS ends or is none it knows no SNI: the routes have no effect.',
    },
    'fault-for-all': {
      title: 'Every request of this route is answered with {{status}}',
      detail: 'The fault is for 100 %, so no request comes to the destinations.',
      fixes: { 'no-abort': 'Take the fault away', tenth: 'Abort 10 % only' },
    },
    'fault-for-none': {
      title: 'The fault ({{kind}}) says no percentage and is for no request',
      detail: 'Istio takes a percentage that is not said for 0.',
      fixes: { tenth: 'Make it 10 %' },
    },
    'mirror-to-itself': {
      title: 'Requests are mirrored to where they go: {{host}} {{subset}}',
      detail: 'Each request is carried out twice, writes too.',
      fixes: { 'no-mirror': 'Take the mirror away' },
    },
    'redirect-to-itself': {
      title: 'The redirect leads back to the same route {{uri}}',
      detail: 'Clients are sent round in a circle and give up.',
    },
    'header-breaks-framing': {
      title: '{{name}} says where a message ends and is not a rule’s to say',
      detail: 'Envoy writes it for each message. A fixed value cuts messages off or leaves clients waiting.',
      fixes: { leave: 'Leave the header to Envoy' },
    },
    'header-of-istio': {
      title: 'Proxies tell each other by {{name}} who calls',
      detail: 'A rule that says it makes services and policies believe in a caller that is not there.',
      fixes: { leave: 'Leave the header to Istio' },
    },
    'http-route-too': {
      title: 'The HTTPRoute {{route}} is for {{host}} too',
      detail:
        'Sidecars take one rule for a host and nothing of the other: an HTTPRoute of the client’s namespace before all others, else the older.',
    },
    'host-unserved': {
      title: 'None of the Gateways serves {{host}}',
      detail: 'Istio makes no routes for it; other hosts of the rule are served.',
      fixes: { 'serve-host': 'Let the Gateway serve {{hosts}}' },
    },
    'host-half-named': {
      title: '{{host}} is not the name of the service {{name}}',
      detail:
        'Istio takes names with dots as they are. Calls to the service by its short or full name do not use these routes.',
      fixes: { 'full-name': 'Write {{name}}' },
    },
    'gateway-spelling': {
      title: '{{gateway}} is an old way to write {{meant}}',
      detail: 'Istio still reads it; istioctl, Kiali and people take it for a Gateway that does not exist.',
      fixes: { 'full-gateway': 'Write {{gateway}}' },
    },
  },
}
