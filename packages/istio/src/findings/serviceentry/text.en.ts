export const serviceentryFindings = {
  serviceentry: {
    'no-address': {
      title: 'TCP port {{port}} of {{hosts}} has no address',
      detail:
        'TCP tells proxies no host. Without an address, given or allocated, they send everything that goes to the port to this service.',
      fixes: { tls: 'Tell hosts apart by SNI: the protocol is TLS' },
    },
    'protocol-conflict': {
      title: 'Port {{port}} of {{host}} has several protocols: {{protocols}}',
      detail:
        'Several ServiceEntries are for the same port of the same host. Istio takes the protocol of one of them, and proxies misread traffic of the other.',
      fixes: { 'same-protocol': 'Say {{protocol}} here too' },
    },
    'port-twice': {
      title: '{{other}} is for port {{port}} of {{host}} too',
      detail:
        'Of one namespace Istio puts their endpoints together; of several, a client takes one of them: its own namespace’s, else the oldest.',
    },
    'no-endpoints': {
      title: 'Nobody is listed behind {{hosts}}',
      detail:
        'With the resolution STATIC Istio sends to the endpoints that are listed, and there are none: clients get 503.',
      fixes: { 'by-name': 'Look the hosts up by DNS' },
    },
    'selector-empty': {
      title: 'No Pod or WorkloadEntry in {{namespace}} has {{selector}}',
      detail: 'The hosts have no endpoints, and clients get 503.',
    },
    'host-of-service': {
      title: '{{host}} is a Kubernetes Service',
      detail: 'Istio takes the Service and nothing of this rule, wherever clients see both.',
    },
    'address-taken': {
      title: '{{other}} has {{place}} too',
      detail:
        'TCP tells proxies no host: what goes to this address and port goes to one of the two, the other gets nothing.',
    },
    'plain-on-443': {
      title: 'Port {{port}} of {{hosts}} is said to be HTTP and leads to 443',
      detail:
        'Clients that speak TLS are misread, and plain requests go out unencrypted: no DestinationRule makes TLS of them.',
      fixes: { https: 'Say HTTPS: clients speak TLS themselves' },
    },
    'export-nowhere': {
      title: 'There is no namespace {{name}} to export to',
      detail: 'Istio accepts it. Should a namespace of that name be created later, it sees the rule.',
      fixes: { 'not-there': 'Leave that namespace out' },
    },
  },
}
