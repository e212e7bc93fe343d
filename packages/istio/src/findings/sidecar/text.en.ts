export const sidecarFindings = {
  sidecar: {
    'selector-empty': {
      title: 'No Pod in {{namespace}} has {{selector}}',
      detail: 'No sidecar is configured by the rule until there is one.',
      fixes: { 'other-label': 'Select by {{labels}}, which Pods there have' },
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
      detail: 'The rule has no effect on workloads of {{namespace}} whose traffic goes through ztunnel.',
    },
    'egress-host-not-found': {
      title: 'No service is meant by {{host}}',
      detail: 'Proxies get to know nothing by it. Names are not completed: write them in full.',
      fixes: { 'full-name': 'Write {{name}} in full' },
    },
    'egress-namespace-not-found': {
      title: 'There is no namespace {{namespace}}',
      detail: 'Proxies get to know nothing by {{host}} until there is one.',
      fixes: { 'leave-out': 'Leave it out' },
    },
    'root-selector': {
      title: 'A Sidecar of the root namespace selects workloads',
      detail:
        'Without a selector it is the default of the whole mesh. With one it is for workloads of {{namespace}} alone.',
    },
    'outbound-mode-unsaid': {
      title: 'An outbound policy that says no mode',
      detail: 'Istio takes it for REGISTRY_ONLY, whatever the mesh allows: hosts that are not known cannot be called.',
      fixes: { 'say-mode': 'Say REGISTRY_ONLY' },
    },
    'hides-rule': {
      title: 'Proxies do not get {{rules}}: the Sidecar does not let them know {{hosts}}',
      detail:
        'VirtualServices are given to proxies only for hosts that their Sidecar imports. Calls go the way of the service.',
      fixes: { know: 'Let them know {{hosts}}' },
    },
    'hides-provider': {
      title: 'Proxies use {{providers}} and do not know {{hosts}}',
      detail:
        'Traces, logs and authorization are asked of services, which the Sidecar has to import as any other. Until then they fail or are lost.',
      fixes: { know: 'Let them know {{hosts}}' },
    },
  },
}
