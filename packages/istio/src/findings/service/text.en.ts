export const serviceFindings = {
  service: {
    'port-name': {
      title: 'Port {{port}} says no protocol',
      detail:
        'Istio looks into the traffic to tell HTTP from TCP. Name the port after its protocol (http, grpc-web, tcp-…) or set appProtocol; where the server speaks first, say tcp.',
      fixes: { 'say-tcp': 'Say that the port is plain TCP' },
    },
    'external-port-name': {
      title: 'Port {{port}} of an ExternalName service says no protocol but TCP',
      detail:
        'Istio takes all traffic to this port, whatever its host, for this service. Name the port after the protocol that it really speaks.',
    },
  },
}
