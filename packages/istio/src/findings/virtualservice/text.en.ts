export const virtualserviceFindings = {
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
    'weight-sum': {
      title: 'Weights add up to {{sum}}, not 100',
      detail: 'Istio accepts them as shares of {{sum}}.',
    },
    'weight-ignored': {
      title: 'The weight of the only destination has no effect',
      detail: 'Istio sends everything to a single destination, whatever its weight.',
    },
  },
}
