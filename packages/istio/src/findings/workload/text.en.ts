export const workloadFindings = {
  workload: {
    'other-revision': {
      title: '{{pending}} of {{total}} Pods belong to {{revision}}, new ones to {{expected}}',
      detail: 'A restart moves them.',
    },
    'older-proxy': {
      title: '{{pending}} of {{total}} Pods run proxy {{version}}, new ones {{expectedVersion}}',
      detail: 'A restart renews them.',
    },
    missing: {
      title: '{{pending}} of {{total}} Pods have no sidecar and should have one',
      detail: 'They were made before the label: a restart injects them.',
    },
    unwanted: {
      title: '{{pending}} of {{total}} Pods have a sidecar and should have none',
      detail: 'A restart removes it.',
    },
    'port-protocols': {
      title: 'Port {{port}} is TCP in one service and another protocol in another: {{services}}',
      detail: 'A sidecar has one listener for the port and can serve one of the protocols only.',
    },
    'target-ports': {
      title: 'Port {{target}} of the Pods is behind the ports {{ports}}: {{services}}',
      detail: 'A sidecar has one listener for the port; Istio takes it for the port of one of the services.',
    },
    'user-of-proxy': {
      title: 'The application runs as user {{user}}, as the proxy does',
      detail: 'What it sends goes past the proxy: no mutual TLS, no rules, no metrics.',
      fixes: { 'other-user': 'Run it as another user' },
    },
    'image-auto': {
      title: 'image: auto, and no webhook injects Pods of {{namespace}} with these labels',
      detail: 'Nobody fills the image in: its Pods will not start.',
    },
  },
  pod: {
    'proxy-missing': {
      title: 'The Pod has no proxy although {{namespace}} asks for one',
      detail:
        'It was made before the label, or while nobody injected: its traffic is outside of the mesh. A restart injects it.',
    },
    'image-auto': {
      title: 'The proxy’s image is still auto',
      detail: 'Injection has not filled it in: the Pod cannot start.',
    },
  },
}
