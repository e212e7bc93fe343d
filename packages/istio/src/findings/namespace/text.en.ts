export const namespaceFindings = {
  namespace: {
    'injection-conflict': {
      title: 'Both istio-injection={{value}} and istio.io/rev={{revision}}',
      detail: 'Istio lets istio-injection decide and ignores istio.io/rev.',
    },
    'injection-blocked': {
      title: 'istio-injection={{value}} blocks injection',
      detail: 'Istio injects only where the value is enabled; any other also stops Pods that ask for it.',
    },
    'default-unserved': {
      title: 'Nobody answers istio-injection=enabled',
      detail: 'There is no default revision: new Pods start without a sidecar and without an error.',
    },
    'revision-unserved': {
      title: 'Nobody answers the revision or tag {{revision}}',
      detail: 'New Pods start without a sidecar and without an error.',
    },
    'injected-twice': {
      title: '{{first}} and {{second}} both inject',
      detail:
        'The second renders its own sidecar over that of the first: which control plane Pods belong to is left to chance.',
    },
    'not-injected': {
      title: '{{namespace}} asks for no sidecars',
      detail: 'Its workloads are outside of the mesh. If they are to be in it, label it istio-injection=enabled.',
    },
    'injected-by-default': {
      title: '{{namespace}} has no label, and the injector takes such namespaces in',
      detail: 'New Pods get a sidecar. To keep them out, label it istio-injection=disabled.',
    },
    'proxy-image': {
      title: '{{count}} Pods have another proxy image than is injected now: {{pods}}',
      detail: 'New Pods get {{image}}. A restart of their workloads brings them in line.',
    },
    'sidecar-and-ambient': {
      title: 'It asks for sidecars and for istio.io/dataplane-mode={{mode}}',
      detail: 'Pods with a sidecar do not take part in ambient mode: the sidecar wins.',
    },
  },
}
