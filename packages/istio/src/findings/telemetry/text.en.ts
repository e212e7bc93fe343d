export const telemetryFindings = {
  telemetry: {
    'selector-empty': {
      title: 'No Pod in {{namespace}} has {{selector}}',
      detail: 'Istio accepts the rule, and it concerns nobody.',
    },
    'selectors-overlap': {
      title: '{{others}} selects Pods of this Telemetry too, {{pod}} among them',
      detail: 'Istio takes the oldest Telemetry that selects a workload and nothing of the others.',
    },
    'several-defaults': {
      title: '{{namespace}} has several Telemetries without a selector: {{others}} too',
      detail: 'Istio takes the oldest for the namespace and nothing of the others.',
    },
    'no-provider': {
      title: 'Access logs are to be written, and nothing says where',
      detail: 'Istio ignores the entry: it names no provider, and the mesh has no default one for access logs.',
    },
    lightstep: {
      title: 'Provider {{provider}} is of a kind that Istio gives up',
      detail: 'Lightstep is deprecated: send traces by OpenTelemetry.',
    },
  },
  envoyfilter: {
    relative: {
      title: '{{operation}} depends on what other patches have done before',
      detail: 'Without a priority filters are applied by age: another order may leave this patch without effect.',
      fixes: { order: 'Give it a priority' },
    },
    'relative-by-version': {
      title: '{{operation}} depends on a patch for certain proxy versions only',
      detail: 'After an upgrade that patch is gone, and this one without effect. Give it a priority.',
      fixes: { order: 'Give it a priority' },
    },
    'replace-ignored': {
      title: 'REPLACE does nothing to {{applyTo}}',
      detail: 'Istio ignores it: only HTTP filters, network filters and virtual hosts can be replaced.',
    },
    'add-ignored': {
      title: 'ADD does nothing to {{applyTo}}',
      detail: 'Istio ignores it: routes and route configurations cannot be added.',
    },
    'remove-ignored': {
      title: 'REMOVE does nothing to {{applyTo}}',
      detail: 'Istio ignores it: routes and route configurations cannot be removed.',
    },
  },
}
