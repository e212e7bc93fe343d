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
  },
}
