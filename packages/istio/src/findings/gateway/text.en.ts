export const gatewayFindings = {
  gateway: {
    'selector-empty': {
      title: 'No gateway Pod has {{selector}}',
      detail: 'Istio accepts the rule, and no gateway opens these ports.',
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
      detail: 'Istio accepts the rule, and no gateway opens these ports until Pods run again.',
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
      detail:
        'Istio does not hand it to the gateway, and the TLS handshake fails. Reason: {{fault}} (no-keys: neither cert and key nor tls.crt and tls.key; no-certificate: no PEM certificate; ended: expired; not-yet: not valid yet).',
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
    },
    'hosts-shared': {
      title: '{{other}} serves {{hosts}} on port {{port}} too',
      detail: 'On the same proxies Istio puts their HTTP routes together; of TLS servers it keeps the older Gateway’s.',
    },
  },
}
