/** Why a Pod is or is not injected, and what stands in the way of a switch. Blanks are those of i18next. */
export const injectionText = {
  reason: {
    'no-webhook': 'No injection webhook exists in this cluster',
    'namespace-disabled': 'The namespace says istio-injection=disabled',
    'namespace-blocked':
      'The namespace says istio-injection={{value}}; any value other than enabled blocks injection, also for Pods that ask for it',
    'pod-opted-out': 'The Pod says sidecar.istio.io/inject=false',
    'default-unserved':
      'No control plane answers istio-injection=enabled: there is no default revision and no tag named default',
    'revision-unserved': 'No control plane answers the revision or tag {{revision}}',
    'pod-revision-unserved': 'The Pod asks for the revision or tag {{revision}}, which nobody answers',
    'namespace-unlabelled': 'Neither the namespace nor the Pod asks for injection',
    'namespace-unlabelled-no-default':
      'Neither the namespace nor the Pod asks for injection, and there is no default revision a Pod could ask for',
    'webhook-matches': 'The webhook {{webhook}} of {{config}} selects it for the revision {{revision}}',
    'webhook-matches-tag':
      'The webhook {{webhook}} of {{config}} selects it by the tag {{tag}}, now the revision {{revision}}',
    'host-network': 'The Pod uses the network of its node; such Pods are never injected',
    'system-namespace': '{{namespace}} is a system namespace; its Pods are never injected',
    'pod-opted-in': 'The Pod says sidecar.istio.io/inject=true',
    'never-inject-selector': 'A neverInjectSelector of the control plane selects the Pod',
    'always-inject-selector': 'An alwaysInjectSelector of the control plane selects the Pod',
    'policy-disabled': 'The control plane injects only Pods that ask for it (autoInject is disabled)',
    'policy-illegal':
      'The control plane injects nothing: its global.proxy.autoInject is {{value}}, and must be enabled or disabled',
    'policy-enabled': 'The control plane injects every Pod it is asked about',
    'invalid-inject-value': 'sidecar.istio.io/inject={{value}} is neither true nor false and is ignored',
    'not-found': 'There is no {{kind}} {{name}}',
    'makes-no-pods': '{{kind}} {{name}} makes no Pods',
    'kind-unread': '{{kind}} could not be read, so nothing can be said',
    'injectors-unseen':
      'Neither a webhook that injects nor a control plane was given, so that it is not known who injects',
    'refused-annotation':
      'The injector does not take the value “{{value}}” of the annotation {{name}}, and lets the API server refuse the Pod',
    'refused-template':
      'The revision {{revision}} has no template “{{template}}”, which the annotation {{name}} asks for: the API server refuses the Pod',
    'refused-metrics-port':
      'The injector does not take the port {{port}} of metrics that the annotation {{name}} says, and lets the API server refuse the Pod',
    'refused-no-ca':
      'The webhook {{webhook}} of {{config}} has no caBundle, so that the API server does not trust the Service {{service}}; its failurePolicy is Fail, so that it refuses the Pod',
    'refused-no-service':
      'The webhook {{webhook}} of {{config}} calls the Service {{service}}, which is not there; its failurePolicy is Fail, so that the API server refuses the Pod',
    'refused-nobody-ready':
      'Nobody behind the Service {{service}} is ready, which the webhook {{webhook}} of {{config}} calls; its failurePolicy is Fail, so that the API server refuses the Pod',
    'injected-twice': 'Several revisions inject the same Pod: {{revisions}}',
    'both-labels': 'Namespace {{namespace}} has both labels; istio-injection decides, istio.io/rev is not looked at',
    'by-annotation': 'The annotation sidecar.istio.io/inject is out of date: the label of that name decides before it',
    'in-ambient': 'Without a sidecar, ambient takes the traffic of the Pod',
    'sidecar-before-ambient': 'Ambient is asked for too: a Pod with a sidecar is not taken into it',
  },
  outcome: {
    injected: 'A new Pod gets a sidecar',
    'not-injected': 'A new Pod gets no sidecar',
    'injected-twice': 'A new Pod is injected by several revisions',
    refused: 'New Pods are refused',
    unknown: 'Cannot be told',
  },
  change: {
    'enable-namespace': 'Label namespace {{namespace}} {{label}}={{value}}',
    'revision-of-namespace': 'Label namespace {{namespace}} {{label}}={{value}}',
    'disable-namespace': 'Label namespace {{namespace}} {{label}}={{value}}: none of its Pods is injected then',
    'opt-in': 'Label the Pods of {{name}} {{label}}={{value}}',
    'opt-out': 'Label the Pods of {{name}} {{label}}={{value}}',
    'revision-of-pod': 'Label the Pods of {{name}} {{label}}={{value}}',
    'drop-host-network': 'Take the Pods of {{name}} off the network of their node',
    'drop-annotation': 'Remove the annotation of old from the Pods of {{name}}',
    'respell-annotation': 'Set the annotation {{annotation}} of the Pods of {{name}} to {{value}}',
    'drop-refused': 'Remove the annotation {{annotation}} from the Pods of {{name}}',
  },
  pod: {
    outside: 'Not in the mesh',
    current: 'Injected, up to date',
    'other-revision': 'Injected by {{revision}}, a new Pod would get {{expected}}',
    'older-proxy': 'Proxy {{version}}, a new Pod would get {{expectedVersion}}',
    missing: 'Should have a sidecar and has none',
    unwanted: 'Has a sidecar and should have none',
    ambient: 'In the ambient mesh',
    'ambient-pending': 'Joining the ambient mesh',
    'managed-gateway': 'Gateway managed by its control plane',
  },
  restart: {
    'bare-pod': 'A Pod without a workload: delete it and make it again by hand',
    job: 'A Job is not restarted: its next run gets the change',
    'cron-job': 'A CronJob is not restarted: its next run gets the change',
    'orphan-replica-set': 'A ReplicaSet without a Deployment: delete its Pods by hand',
    'on-delete': 'The update strategy is OnDelete: delete its Pods by hand',
    paused: 'The Deployment is paused: resume it first',
    'unknown-owner': 'Run by a controller that Orbweaver does not restart',
  },
  blocked: {
    'namespace-not-found': 'Namespace {{namespace}} does not exist in {{cluster}}',
    'namespace-terminating': 'Namespace {{namespace}} in {{cluster}} is being deleted',
    'system-namespace': 'Istio never injects the system namespace {{namespace}}',
    'nobody-serves': 'No control plane injects in {{cluster}}',
    'choose-revision': 'Several revisions inject in {{cluster}} and none is the default: choose one',
    'revision-unserved': 'Nobody in {{cluster}} answers the revision or tag {{revision}}',
  },
}
