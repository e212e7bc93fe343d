export const clusterFindings = {
  meshnetworks: {
    invalid: {
      title: 'The networks are not valid: {{fault}}',
      detail: 'istiod takes none of them: it goes on with those that it had, and after a restart with none.',
    },
    'registry-unknown': {
      title: 'Network {{network}} has the endpoints of {{registry}}, which no remote secret names',
      detail: 'Unless it is the control plane’s own cluster, no endpoint is taken to be in this network.',
    },
  },
  multicluster: {
    'service-differs': {
      title: 'The Service is not the same in {{clusters}}: {{fields}}',
      detail:
        'Istio takes Services of one name for one, with the endpoints of all clusters: what is not the same depends on which cluster it looks at.',
    },
    'node-ports-differ': {
      title: 'The Service has other node ports in {{clusters}}',
      detail: 'Traffic within the mesh does not use them; only who comes by a node has to know.',
    },
  },
}
