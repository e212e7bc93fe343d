export const gatewayFindings = {
  gateway: {
    'selector-empty': {
      title: 'No gateway Pod has {{selector}}',
      detail: 'Istio accepts the rule, and no gateway opens these ports.',
    },
  },
}
