export const destinationruleFindings = {
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
}
