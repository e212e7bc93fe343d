export const sidecarFindings = {
  sidecar: {
    'selector-empty': {
      title: 'No Pod in {{namespace}} has {{selector}}',
      detail: 'Istio accepts the rule, and no sidecar is configured by it.',
    },
    'selectors-overlap': {
      title: '{{others}} selects Pods of this Sidecar too, {{pod}} among them',
      detail: 'Istio takes the oldest Sidecar that selects a Pod and nothing of the others.',
    },
    'several-defaults': {
      title: '{{namespace}} has several Sidecars without a selector: {{others}} too',
      detail: 'Istio takes the oldest for the namespace and nothing of the others.',
    },
    ambient: {
      title: 'There is no sidecar: the workloads are in ambient mode',
      detail:
        'Istio accepts the rule, and it has no effect on workloads of {{namespace}} whose traffic goes through ztunnel.',
    },
  },
}
