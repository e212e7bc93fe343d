export const namespaceFindings = {
  namespace: {
    'injection-conflict': {
      title: 'Both istio-injection={{value}} and istio.io/rev={{revision}}',
      detail: 'Istio lets istio-injection decide and ignores istio.io/rev.',
      fixes: { 'one-label': 'Take {{gone}} out', 'stay-outside': 'Write {{labels}} alone' },
    },
    'injection-blocked': {
      title: 'istio-injection={{value}} blocks injection',
      detail: 'Istio injects only where the value is enabled; any other also stops Pods that ask for it.',
      fixes: {
        answered: 'Write {{labels}}, which is answered',
        'stay-outside': 'Write {{labels}}: it stays without sidecars',
      },
    },
    'default-unserved': {
      title: 'Nobody answers istio-injection=enabled',
      detail: 'There is no default revision: new Pods start without a sidecar and without an error.',
      fixes: { answered: 'Write {{labels}}, which is answered' },
    },
    'revision-unserved': {
      title: 'Nobody answers the revision or tag {{revision}}',
      detail: 'New Pods start without a sidecar and without an error.',
      fixes: { answered: 'Write {{labels}}, which is answered' },
    },
    'injected-twice': {
      title: '{{first}} and {{second}} both inject',
      detail:
        'The second renders its own sidecar over that of the first: which control plane Pods belong to is left to chance.',
      fixes: { answered: 'Write {{labels}} alone, which one of them answers' },
    },
    'not-injected': {
      title: '{{namespace}} asks for no sidecars',
      detail:
        'Its workloads are outside of the mesh, but for those that ask for a sidecar themselves. To take all in, label it istio-injection=enabled, or istio.io/rev with the revision that is to serve it.',
      fixes: { 'stay-outside': 'Write {{labels}}: it is to stay outside' },
    },
    'injected-by-default': {
      title: '{{namespace}} has no label, and the injector takes such namespaces in',
      detail: 'New Pods get a sidecar. To keep them out, label it istio-injection=disabled.',
      fixes: { 'say-so': 'Write {{labels}}', 'stay-outside': 'Write {{labels}}' },
    },
    'proxy-image': {
      title: '{{count}} Pods have another proxy image than is injected now: {{pods}}',
      detail: 'New Pods get {{image}}. A restart of their workloads brings them in line.',
    },
    'sidecar-and-ambient': {
      title: 'It asks for sidecars and for istio.io/dataplane-mode={{mode}}',
      detail: 'Pods with a sidecar do not take part in ambient mode: the sidecar wins.',
      fixes: { 'one-label': 'Take {{gone}} out' },
    },
  },
}
