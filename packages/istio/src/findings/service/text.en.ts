export const serviceFindings = {
  service: {
    'port-name': {
      title: 'Port {{port}} says no protocol',
      detail:
        'Istio looks into the traffic to tell HTTP from TCP. Name the port after its protocol (http, grpc-web, tcp-…) or set appProtocol; where the server speaks first, say tcp.',
      fixes: {
        'say-http': 'Say HTTP, as rules for it do, or another service of the same Pods',
        'say-tcp': 'Say that the port is plain TCP',
        'say-tls': 'Say TLS, as rules for it do',
      },
    },
    'app-protocol': {
      title: 'Istio does not know the appProtocol {{said}} of port {{port}}',
      detail:
        'It hides what the name says: Istio looks into the traffic to tell HTTP from TCP, and waits where the server speaks first.',
      fixes: {
        'by-name': 'Take it out: the name {{name}} says the protocol',
        'say-http': 'Say HTTP, as rules for it do, or another service of the same Pods',
        'say-tcp': 'Say that the port is plain TCP',
        'say-tls': 'Say TLS, as rules for it do',
      },
    },
    'external-port-name': {
      title: 'Port {{port}} of an ExternalName service says no protocol but TCP',
      detail:
        'Istio takes all traffic to this port, whatever its host, for this service. Name the port after the protocol that it really speaks.',
      fixes: { say: 'Say that it speaks {{protocol}}' },
    },
    'no-endpoints': {
      title: 'No Pod in {{namespace}} has {{selector}}',
      detail: 'The service has no endpoints in any cluster of the mesh: requests get 503.',
      fixes: { 'select-workload': 'Select {{labels}}, the Pods of the workload of its name' },
    },
    'target-name-not-found': {
      title: 'No container calls a port {{target}}',
      detail:
        'Port {{port}} has no endpoints: HTTP requests get 503, other connections are closed. Ports that the Pods declare: {{ports}}.',
      fixes: { 'declared-port': 'Lead to {{right}}' },
    },
    'target-port-not-found': {
      title: 'No container declares port {{target}}',
      detail:
        'Containers may listen on ports that they do not declare. If none does here, connections to port {{port}} are refused. Ports that the Pods declare: {{ports}}.',
      fixes: { 'declared-port': 'Lead to {{right}}' },
    },
    'partly-in-mesh': {
      title: '{{outside}} of {{total}} Pods have no proxy, {{pod}} among them',
      detail:
        'Rules of the servers, mutual TLS and metrics hold for the others only: which of them a request meets is left to chance.',
    },
    'protocol-conflict': {
      title: '{{service}} says {{application}} for port {{target}} of the same Pods',
      detail: 'A port of Pods has one listener. Istio takes the older service’s protocol and ignores this one’s.',
      fixes: { 'same-protocol': 'Say {{application}} here too' },
    },
    'headless-port': {
      title: 'Port {{port}} leads to {{target}}, and the service is headless',
      detail:
        'Clients get the addresses of the Pods and connect to port {{port}} there, where nobody listens: no one translates it.',
      fixes: { 'port-of-pods': 'Make it port {{target}}' },
    },
    'export-to-not-found': {
      title: 'Exported to namespaces that are not there: {{namespaces}}',
      detail: 'Istio accepts it. Who is to see the service may not.',
      fixes: { 'near-name': 'Write {{value}}' },
    },
  },
}
