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
    'metrics-port': {
      title: 'The port {{port}} of metrics that {{name}} says is not taken',
      detail:
        'It is no port, or one that the proxy and its agent have for themselves: the injector refuses the Pods, so none is made.',
      fixes: { 'drop-annotation': 'Remove {{name}}: the agent says its own port' },
    },
    'user-of-proxy': {
      title: 'The application runs as user {{user}}, as the proxy does',
      detail: 'What it sends goes past the proxy: no mutual TLS, no rules, no metrics.',
      fixes: { 'other-user': 'Run it as another user' },
    },
    'image-auto': {
      title: 'image: auto, and no webhook injects Pods of {{namespace}} with these labels',
      detail: 'Nobody fills the image in: its Pods will not start.',
      fixes: { 'by-label': 'Ask for injection by the label' },
    },
    'app-label': {
      title: '{{name}} has no label that says what it is',
      detail: 'Metrics and traces name it after the workload: app, or app.kubernetes.io/name, tells it better.',
      fixes: { label: 'Label its Pods {{label}}: they are made anew' },
    },
    'version-label': {
      title: '{{name}} has no label that says its version',
      detail: 'Metrics and traces know it as version latest, and no subset can tell it from another one.',
      fixes: { label: 'Label its Pods {{label}}: they are made anew' },
    },
    'inject-value': {
      title: 'sidecar.istio.io/inject is {{value}}, neither true nor false',
      detail: 'Istio ignores it: what the namespace says holds.',
      fixes: { 'plain-value': 'Write {{right}}' },
    },
    'inject-contradiction': {
      title: 'The label sidecar.istio.io/inject says {{label}}, the annotation {{annotation}}',
      detail: 'Istio takes the label and ignores the annotation.',
      fixes: { 'label-alone': 'Take the annotation out' },
    },
    'annotation-unseen': {
      title: 'Only an annotation asks for a sidecar',
      detail: 'The API server shows Pods to the injector by labels: nobody sees it, and there is no sidecar.',
      fixes: { 'by-label': 'Ask by the label' },
    },
    'opted-out': {
      title: '{{namespace}} asks for sidecars, and this workload does not want one',
      detail: 'Its traffic is outside of the mesh: no mutual TLS, no rules, no metrics.',
    },
    'host-network': {
      title: '{{namespace}} asks for sidecars, and this workload uses the network of its node',
      detail: 'Istio never injects such Pods: its proxy would take all traffic of the node.',
      fixes: { 'say-so': 'Say that it wants none' },
    },
    'revision-ignored': {
      title: 'Its Pods ask for the revision {{asked}}, the namespace for {{revision}}',
      detail: 'The namespace decides: Istio ignores istio.io/rev of Pods there.',
      fixes: { 'drop-revision': 'Take istio.io/rev out' },
    },
    'port-twice': {
      title: 'Port {{port}} is declared twice',
      detail: 'All containers of a Pod share one network: the second that listens on the port cannot.',
      fixes: { once: 'Declare it once' },
    },
    'reserved-port': {
      title: 'Port {{port}} belongs to the proxy',
      detail: 'The proxy of its Pods listens there itself: one of the two cannot start.',
    },
    'port-excluded': {
      title: 'Port {{port}} is kept from the proxy, and {{service}} leads to it',
      detail:
        'Clients of the mesh send mutual TLS to Pods that have a proxy: the application gets it as it is, and connections fail unless a DestinationRule says DISABLE.',
      fixes: { 'not-excluded': 'Let the proxy have it' },
    },
    'no-authorization': {
      title: 'No AuthorizationPolicy is for this workload',
      detail: 'Others of {{namespace}} have one (policies: {{count}}). Everybody may call this one.',
    },
    'service-not-found': {
      title: 'There is no service {{service}} for the names of its Pods',
      detail:
        'Pods of a StatefulSet are found by a headless service: no name of theirs resolves, and Istio does not know them.',
      fixes: { 'headless-service': 'Make the headless service {{service}}' },
    },
    'service-not-headless': {
      title: 'The service {{service}} for the names of its Pods is not headless',
      detail: 'Names of single Pods do not resolve: the service has one address for all of them.',
    },
  },
  pod: {
    'proxy-missing': {
      title: 'The Pod has no proxy although {{namespace}} asks for one',
      detail:
        'It was made before the label, or while nobody injected: its traffic is outside of the mesh. A restart injects it. One that is in a file alone gets its proxy when it is made.',
    },
    'image-auto': {
      title: 'The proxy’s image is still auto',
      detail: 'Injection has not filled it in: the Pod cannot start.',
    },
    'injected-twice': {
      title: 'The Pod has two proxies',
      detail: 'Two injectors have been at it, or one and a hand. They want the same ports: the Pod does not get ready.',
    },
  },
  workloadgroup: {
    'account-not-found': {
      title: 'There is no service account {{account}} in {{namespace}}',
      detail: 'Machines of the group get a token of it to join the mesh: without it there is none.',
      fixes: { 'near-name': 'Write {{right}}' },
    },
    'labels-twice': {
      title: '{{others}} gives its machines the labels {{labels}} too',
      detail: 'Services and rules cannot tell the groups apart.',
    },
  },
}
