export const gatewayFindings = {
  gateway: {
    'selector-empty': {
      title: 'No gateway Pod has {{selector}}',
      detail: 'No gateway opens these ports until there is one.',
      fixes: { 'ingress-gateway': 'Select the ingress gateway: {{selector}}' },
    },
    'host-twice': {
      title: 'An earlier server of the Gateway has {{hosts}} on port {{port}} as well',
      detail: 'Of TLS servers for one host only the first is kept; of HTTP servers the routes are put together.',
    },
    'no-servers': {
      title: 'The Gateway opens no port',
      detail: 'istiod refuses a Gateway without servers.',
    },
    'pods-ended': {
      title: 'All gateway Pods with {{selector}} have ended',
      detail: 'No gateway opens these ports until Pods run again.',
    },
    'port-not-served': {
      title: 'No Service leads to port {{port}} of the gateway',
      detail:
        'Pods with {{selector}} listen on the port, and clients outside cannot reach it through their Services: {{services}}.',
      fixes: { 'serve-port': 'Open port {{port}} on the Service' },
    },
    'port-protocol-unsaid': {
      title: 'The Service’s port {{port}} says no protocol',
      detail: 'Kubernetes takes it for TCP when the Service is created; in files istioctl does not.',
      fixes: { 'say-tcp': 'Say TCP for port {{port}}' },
    },
    'credential-not-found': {
      title: 'No Secret {{name}} in {{namespace}}',
      detail:
        'The gateway’s Pods are in {{namespace}}, where Istio looks for the certificate. Until it is there the TLS handshake fails.',
      fixes: { 'other-secret': 'Use {{name}}, the only TLS Secret there' },
    },
    'credential-not-everywhere': {
      title: 'The Secret {{name}} is missing in {{namespace}}',
      detail:
        'Pods of the gateway run in several places, and Istio looks for the certificate where each Pod is. In {{namespace}} the TLS handshake fails.',
    },
    'credential-unusable': {
      title: 'The Secret {{name}} in {{namespace}} has no certificate that can be used',
      detail: 'Istio does not hand it to the gateway, and the TLS handshake fails: {{fault}}.',
      fixes: { 'other-secret': 'Use {{name}}, the only usable TLS Secret there' },
    },
    'duplicate-certificate': {
      title: '{{other}} shows the same certificate {{name}}',
      detail:
        'Browsers use a connection to one Gateway for hosts of the other where the certificate covers both (HTTP/2), and get 404. One Gateway for all these hosts avoids it.',
    },
    'tls-server-dropped': {
      title: '{{other}} serves {{hosts}} on port {{port}} already',
      detail:
        'Istio keeps the TLS server of the older Gateway and drops this one: its certificate and routes have no effect.',
      fixes: { 'leave-hosts': 'Serve only what is its own: {{hosts}}' },
    },
    'same-server-name': {
      title: 'Port {{port}} of {{other}} has a server for {{names}} already',
      detail:
        'istiod keeps both servers, as their hosts are for different namespaces; Envoy refuses a listener with two filter chains for one name: what is new on the port does not take effect, and a new proxy does not open it.',
      fixes: { 'leave-hosts': 'Serve only what is its own: {{hosts}}' },
    },
    'hosts-shared': {
      title: '{{other}} serves {{hosts}} on port {{port}} too',
      detail: 'On the same proxies Istio puts their HTTP routes together; of TLS servers it keeps the older Gateway’s.',
    },
    'certificate-of-other-hosts': {
      title: 'The certificate {{name}} is not for {{hosts}}',
      detail: 'Clients refuse the connection. The certificate in {{namespace}} is for {{names}}.',
      fixes: { 'other-secret': 'Use {{name}}, the only certificate there for all these hosts' },
    },
    'certificate-ends-soon': {
      title: 'The certificate {{name}} in {{namespace}} ends in {{days}} days',
      detail: 'Then clients refuse the connection. What renews it by itself has not done so.',
      fixes: { 'other-secret': 'Use {{name}}, the only certificate there for all these hosts' },
    },
    'credential-of-other-namespace': {
      title: 'The gateway runs in {{namespace}} and gets no Secret {{name}}',
      detail: 'Istio gives a gateway Secrets of its own namespace alone, whatever is named. The TLS handshake fails.',
      fixes: { 'own-secret': 'Use {{name}} of the gateway’s own namespace' },
    },
    'mutual-without-ca': {
      title: 'Nothing in {{name}} says which clients to trust',
      detail:
        'Mutual TLS needs a CA: a key ca.crt or cacert in the Secret, or a Secret {{name}}-cacert in {{namespace}}. Until it is there no client gets in.',
    },
    'no-routes': {
      title: 'No VirtualService is bound to {{name}}',
      detail:
        'Its ports for HTTP are open and answer with 404. A port for TCP, or for TLS that is passed on, is not opened without a route.',
    },
    'protocol-dropped': {
      title: '{{other}} serves port {{port}} already, as {{first}}',
      detail:
        'A port of a proxy is for HTTP, for TLS, or for a single server of another protocol. Istio keeps the first server and skips this one ({{protocol}}).',
    },
    'redirect-to-nothing': {
      title: '{{hosts}} is sent to HTTPS, and no Gateway of these proxies serves it there',
      detail: 'Clients follow the redirect and find no certificate and no routes.',
      fixes: { 'no-redirect': 'Serve it without a redirect' },
    },
    'plain-too': {
      title: '{{hosts}} is served by HTTPS and without encryption too',
      detail: 'Whoever asks by HTTP gets answers in plain text.',
      fixes: { redirect: 'Send clients to HTTPS' },
    },
    'only-old-tls': {
      title: 'Nothing newer than {{maximum}} is spoken',
      detail: 'Browsers and libraries of today refuse such connections (RFC 8996).',
      fixes: { tls13: 'Speak up to TLS 1.3' },
    },
  },
}
