/** Findings: what is wrong in one line, and what Istio does about it. Nested by the slug's first word. */
export const findingText = {
  virtualservice: {
    'host-not-found': {
      title: 'No service named {{host}}',
      detail:
        'Istio accepts it and answers requests to {{host}} with 503. A name without dots is looked for in {{namespace}}.',
    },
    'gateway-not-found': {
      title: 'No Gateway {{gateway}}',
      detail: 'Istio accepts it, and the rule has no effect there: nothing named {{name}} exists in {{namespace}}.',
    },
    'subset-not-found': {
      title: 'No DestinationRule defines the subset {{subset}} of {{host}}',
      detail: 'Istio accepts it and answers requests that are routed there with 503.',
    },
    'weight-refused': {
      title: 'Weight {{weight}} is no whole number from 0 up',
      detail: 'Istio rejects the rule.',
    },
    'weight-sum-zero': {
      title: 'All weights of the route are 0',
      detail: 'Istio rejects the rule.',
    },
    'weight-sum': {
      title: 'Weights add up to {{sum}}, not 100',
      detail: 'Istio accepts them as shares of {{sum}}.',
    },
    'weight-ignored': {
      title: 'The weight of the only destination has no effect',
      detail: 'Istio sends everything to a single destination, whatever its weight.',
    },
  },
  destinationrule: {
    'host-not-found': {
      title: 'No service named {{host}}',
      detail: 'Istio accepts the rule, and it has no effect. A name without dots is looked for in {{namespace}}.',
    },
    'subset-empty': {
      title: 'No Pod of {{host}} is in the subset {{subset}}',
      detail: 'Istio accepts it; requests that are routed to the subset get 503. It selects {{labels}}.',
    },
  },
  gateway: {
    'selector-empty': {
      title: 'No gateway Pod has {{selector}}',
      detail: 'Istio accepts the rule, and no gateway opens these ports.',
    },
  },
  peerauthentication: {
    duplicate: {
      title: '{{winner}} is older and decides at this level ({{level}})',
      detail: 'Istio ignores this policy: of several at one level only the oldest counts.',
    },
    'root-selector': {
      title: 'A policy with a selector has no effect in {{rootNamespace}}',
      detail: 'Istio ignores it: in the root namespace only policies for the whole mesh count.',
    },
  },
  authorizationpolicy: {
    'denies-all': {
      title: 'Denies every request ({{scope}})',
      detail: 'Istio accepts it: ALLOW without rules matches nothing, so all that no other policy allows is denied.',
    },
  },
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
  },
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
  },
}
