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
    'policy-enabled': 'The control plane injects every Pod it is asked about',
    'invalid-inject-value': 'sidecar.istio.io/inject={{value}} is neither true nor false and is ignored',
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
