export const webhookFindings = {
  webhook: {
    overlap: {
      title: '{{webhook}} takes the same Pods as {{others}}',
      detail: 'Some Pods are given to each of them: they may get two sidecars, or that of another revision.',
    },
    'service-not-found': {
      title: '{{webhook}} calls the service {{service}}, which is not there',
      detail: 'Pods that it takes are not injected; where it is to fail closed, they are not created at all.',
      fixes: { 'other-service': 'Call {{name}}' },
    },
    'no-ca': {
      title: '{{webhook}} has no caBundle, so the API server does not trust istiod',
      detail:
        'It is to fail closed: what it is asked about is refused, Pods that it takes are not created. istiod of the revision {{revision}} writes the caBundle once it runs and may change webhooks.',
    },
    'no-target': {
      title: '{{webhook}} calls nobody: neither a URL nor a service',
      detail: 'Whatever it is to decide is not decided; where it is to fail closed, everything is refused.',
    },
    'url-invalid': {
      title: '{{webhook}} calls {{url}}, which is no URL',
      detail: 'Whatever it is to decide is not decided; where it is to fail closed, everything is refused.',
    },
    'url-address': {
      title: '{{webhook}} calls an address, not a host: {{url}}',
      detail: 'It works as long as the address stays, and the certificate there is for the address.',
    },
  },
}
