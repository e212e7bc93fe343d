export const gatewayApiFindings = {
  route: {
    'parent-not-found': {
      title: '{{kind}} {{namespace}}/{{name}} does not exist',
      detail: 'Istio does not attach the route there, and requests that it is meant for find no route: 404.',
      fixes: { 'other-namespace': 'Attach it to the only one of that name, in {{namespace}}' },
    },
    'service-not-found': {
      title: '{{kind}} {{namespace}}/{{name}}, which the route is for, does not exist',
      detail: 'Istio leaves the route out: nothing in the mesh is routed by it.',
      fixes: { 'other-namespace': 'Route for the only Service of that name, in {{namespace}}' },
    },
    'listener-not-found': {
      title: '{{name}} has no listener {{wanted}}',
      detail: 'Istio does not attach the route: no listener has the section name and the port that it asks for.',
      fixes: { listener: 'Attach it to {{listener}}, the only listener that takes it' },
    },
    'parent-is-waypoint': {
      title: '{{name}} is a waypoint, and takes no routes itself',
      detail:
        'Istio does not attach the route. A waypoint carries out routes that are attached to a Service or ServiceEntry behind it.',
    },
    'listener-unserved': {
      title: 'Istio serves no listener of {{name}} that the route is for',
      detail:
        'Istio does not attach the route: such listeners conflict with another, lack what they need, or belong to a set that its Gateway does not let in.',
    },
    'hostname-mismatch': {
      title: 'None of {{hosts}} is served by {{name}}',
      detail:
        'Istio does not attach the route: its hostnames and those of the listeners ({{served}}) have nothing in common.',
    },
    'namespace-not-allowed': {
      title: '{{name}} takes no routes from {{namespace}}',
      detail:
        'Istio does not attach the route: allowedRoutes of the listener says which namespaces may, and without it only the Gateway’s own may.',
      fixes: { 'let-in': 'Let {{namespace}} attach routes to listener {{listener}}' },
    },
    'kind-not-allowed': {
      title: '{{name}} takes no {{kind}}',
      detail:
        'Istio does not attach the route: neither the listener’s protocol nor its allowedRoutes has room for this kind.',
      fixes: { 'let-kind': 'Let listener {{listener}} take {{kind}}' },
    },
    'backend-not-found': {
      title: '{{kind}} {{name}} does not exist in {{namespace}}',
      detail:
        'Istio reports BackendNotFound. HTTP requests that fall to this backend are answered with 500, other connections are closed.',
      fixes: { 'other-namespace': 'Send to {{name}} in {{namespace}}, the only Service of that name' },
    },
    'backend-port-not-found': {
      title: '{{namespace}}/{{name}} has no port {{port}}',
      detail:
        'Istio accepts the route, and its proxies know no such port: HTTP is answered with 500, other connections are closed. It has {{ports}}.',
      fixes: { port: 'Send to port {{port}}' },
    },
    'backend-not-granted': {
      title: 'Nothing lets the route use {{kind}} {{namespace}}/{{name}}',
      detail:
        'Another namespace’s backend needs a ReferenceGrant there: without it Istio answers its requests with 500.',
      fixes: { grant: 'Let it by a ReferenceGrant in {{namespace}}, for {{name}} alone' },
    },
    'backend-kind': {
      title: 'Istio knows no backends of kind {{kind}}',
      detail: 'It reports InvalidKind, and requests that fall to {{name}} are answered with 500.',
      fixes: { service: 'Send to the Service of that name' },
    },
    'mirror-unsent': {
      title: 'No copies are sent to {{kind}} {{namespace}}/{{name}}',
      detail:
        'It is not there, has no such port, is no kind that Istio sends to, or nothing lets the route use it: Istio answers requests as if there were no mirror.',
      fixes: {
        'other-namespace': 'Mirror to {{name}} in {{namespace}}, the only Service of that name',
        port: 'Mirror to port {{port}}',
        grant: 'Let it by a ReferenceGrant in {{namespace}}, for {{name}} alone',
        service: 'Mirror to the Service of that name',
      },
    },
    'mirror-drops-route': {
      title: 'For its mirror to {{kind}} {{namespace}}/{{name}} Istio takes nothing of the route',
      detail:
        'It is not there, is no kind that Istio sends to, or nothing lets the route use it. Of an HTTPRoute the mirror alone would be left out; of a GRPCRoute no rule is taken.',
      fixes: {
        'other-namespace': 'Mirror to {{name}} in {{namespace}}, the only Service of that name',
        grant: 'Let it by a ReferenceGrant in {{namespace}}, for {{name}} alone',
        service: 'Mirror to the Service of that name',
      },
    },
    'backend-without-port': {
      title: 'The backend {{name}} has no port',
      detail:
        'Istio leaves out the whole route, and requests that it is meant for find none: 404. Of an HTTPRoute’s mirror it leaves out the mirror alone.',
      fixes: { port: 'Send to port {{port}}, its only one' },
    },
    'hostname-with-namespace': {
      title: 'The host {{name}} is asked for in a namespace',
      detail: 'A backend of the kind Hostname has none: Istio leaves out the whole route.',
      fixes: { 'no-namespace': 'Leave the namespace out' },
    },
    'filter-unsupported': {
      title: 'Istio knows no filter {{type}} here',
      detail: 'Istio leaves out the whole route, and requests that it is meant for find none: 404. It knows {{known}}.',
    },
    'header-characters': {
      title: 'The value of header {{name}} has characters that no header may have',
      detail: 'Istio leaves out the whole route, and requests that it is meant for find none: 404.',
    },
    'match-taken': {
      title: '{{route}} matches the same, and comes first',
      detail:
        'Of equal matches for a host the one of the oldest route takes every request, and within a route the first. The other is at {{place}}.',
      fixes: {
        'remove-match': 'Remove the match: no request reaches it',
        'remove-rule': 'Remove the rule: no request reaches it',
      },
    },
    status: {
      title: '{{type}} is False: {{reason}}',
      detail: 'The controller says: {{message}}',
    },
  },
  k8sgateway: {
    'class-not-found': {
      title: 'GatewayClass {{name}} does not exist',
      detail: 'No controller takes the Gateway up: it gets no proxy and no address, and its routes serve nobody.',
      fixes: { class: 'Use the class {{meant}}' },
    },
    'class-of-others': {
      title: '{{name}} is a class of {{controller}}, which does not know {{word}}',
      detail:
        'Istio leaves Gateways of other controllers alone, and with them what is said to it by labels and annotations.',
    },
    'listener-taken': {
      title: 'Another listener before {{listener}} has port {{port}} and {{host}} already',
      detail: 'Istio serves the first of them and marks this one as conflicted: it is not served.',
    },
    'protocol-conflict': {
      title: 'Port {{port}} speaks {{other}} already, and {{protocol}} cannot stand beside it',
      detail: 'Istio serves the listener that comes first: this one is not served.',
    },
    'listener-dropped': {
      title: '{{other}} has {{host}} on port {{port}} already, on the same Service',
      detail:
        'Istio puts Gateways of one Service together: of TLS hosts the older Gateway’s is kept, and {{listener}} is not served.',
    },
    'listener-shared': {
      title: '{{other}} has {{host}} on port {{port}} too, on the same Service',
      detail:
        'Istio puts Gateways of one Service together: routes of both are used there, and the older one’s certificate.',
    },
    'address-taken': {
      title: '{{other}} asks for address {{address}} too, with the same ports: {{ports}}',
      detail:
        'Each Gateway has a load balancer of its own: the younger one gets no address, unless they may share one.',
    },
    'certificate-not-found': {
      title: 'Listener {{listener}}: no Secret {{namespace}}/{{name}}',
      detail: 'Istio leaves the certificate out, and does not serve a listener that has no other.',
      fixes: { secret: 'Use {{name}}, the only TLS Secret there' },
    },
    'certificate-not-granted': {
      title: 'Nothing lets listener {{listener}} use Secret {{namespace}}/{{name}}',
      detail:
        'A certificate of another namespace needs a ReferenceGrant there: without it Istio does not serve the listener.',
      fixes: { grant: 'Let it by a ReferenceGrant in {{namespace}}, for {{name}} alone' },
    },
    'certificate-unusable': {
      title: 'Listener {{listener}}: Secret {{namespace}}/{{name}} has no certificate that can be used',
      detail: 'Istio leaves the certificate out, and does not serve a listener that has no other: {{fault}}.',
      fixes: { secret: 'Use {{name}}, the only usable TLS Secret there' },
    },
    'certificate-kind': {
      title: 'Listener {{listener}}: {{kind}} is no kind that certificates are read from',
      detail: 'Istio reads certificates from Secrets alone, and does not serve a listener that has no other.',
    },
    'certificates-too-many': {
      title: 'Listener {{listener}} has {{count}} certificates',
      detail: 'Istio takes two at the most, for different types of keys: with more it does not serve the listener.',
    },
    'client-certificate-unusable': {
      title: 'The client certificate {{kind}} {{namespace}}/{{name}} cannot be used',
      detail: 'Istio shows no certificate to backends: {{fault}}.',
      fixes: { grant: 'Let it by a ReferenceGrant in {{namespace}}, for {{name}} alone' },
    },
    'ca-certificate-unusable': {
      title: 'Clients cannot be known by these CA certificates',
      detail: 'Istio does not serve the listeners that they are for: {{fault}}.',
      fixes: { grant: 'Let it by a ReferenceGrant in {{namespace}}, for {{name}} alone' },
    },
    'protocol-unsupported': {
      title: 'Listener {{listener}}: Istio speaks no {{protocol}} there',
      detail: 'It serves HTTP, HTTPS, TLS and TCP, in capitals: this listener is not served.',
      fixes: { protocol: 'Write {{meant}}' },
    },
    'tls-missing': {
      title: 'Listener {{listener}} speaks {{protocol}}, and says nothing of TLS',
      detail:
        'Istio makes no listener of it, even where the status of the Gateway says that it is programmed; routes that name it are not attached.',
    },
    'route-kind-unsupported': {
      title: 'Listener {{listener}} lets in {{kind}}, which {{protocol}} does not carry',
      detail: 'Istio reports InvalidRouteKinds and leaves the kind out; others that it lets in are attached.',
      fixes: { remove: 'Leave the kind out' },
    },
    'waypoint-listener': {
      title: 'Listener {{listener}} of a waypoint is not HBONE on port 15008',
      detail: 'Waypoints have one listener, for HBONE on port 15008: for any other Istio reports UnsupportedProtocol.',
    },
    'address-unsupported': {
      title: 'The address {{value}} is of type {{type}}',
      detail:
        'Several addresses, or one that is no IP, name Services of proxies that are there already, by type Hostname: Istio leaves this address out, and makes no proxies.',
    },
    'address-not-found': {
      title: 'No Service {{host}} in {{namespace}}',
      detail:
        'The Gateway is meant for the proxies of that Service, and it has to be in its own namespace: Istio reports AddressNotUsable, and nothing serves it.',
    },
    'address-without-port': {
      title: '{{host}} has no port {{port}}, as listener {{listener}} wants',
      detail: 'Istio reports AddressNotUsable: ports of listeners are those of the Service, which has {{ports}}.',
    },
    'parameters-kind': {
      title: 'Parameters of a Gateway are in a ConfigMap, not in {{kind}} {{name}}',
      detail: 'Istio reports InvalidParameters, and what is said there does not reach the proxies.',
    },
  },
  listenerset: {
    'parent-not-found': {
      title: 'Gateway {{name}} does not exist',
      detail: 'Istio serves no listener of the set, and writes no status.',
    },
    'not-allowed': {
      title: '{{name}} lets in no ListenerSets from {{namespace}}',
      detail:
        'Istio serves no listener of the set: allowedListeners of the Gateway says which namespaces may, and without it none may.',
    },
    'class-unsupported': {
      title: '{{name}} is of the class {{class}}, which takes no ListenerSets',
      detail: 'Istio serves no listener of the set: a waypoint has one listener of its own.',
    },
    'listener-taken': {
      title: 'Listener {{listener}} cannot stand beside one of {{other}} on port {{port}} for {{host}}',
      detail:
        'Listeners of the Gateway come first, then those of older sets: Istio marks this one as conflicted and does not serve it.',
    },
  },
  referencegrant: {
    'namespace-not-found': {
      title: 'Namespace {{namespace}} does not exist',
      detail: 'The grant lets nobody in; whoever makes a namespace of that name later may use what it names.',
    },
  },
  gatewayapi: {
    'version-unread': {
      title: 'Istio reads {{kind}} as {{wanted}}, and this definition serves {{served}}',
      detail:
        'Objects of the kind are there, and nothing comes of them: install a version of the Gateway API that serves {{wanted}}.',
    },
  },
}
