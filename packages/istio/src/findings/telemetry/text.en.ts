export const telemetryFindings = {
  telemetry: {
    'selector-empty': {
      title: 'No Pod in {{namespace}} has {{selector}}',
      detail: 'The rule concerns nobody until there is one.',
      fixes: { 'other-label': 'Select by {{labels}}, which Pods there have' },
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
      fixes: { 'to-output': 'Write them to the output of the proxy' },
    },
    lightstep: {
      title: 'Provider {{provider}} is of a kind that Istio gives up',
      detail: 'Lightstep is deprecated: send traces by OpenTelemetry.',
      fixes: { 'fit-provider': 'Send them to {{right}}' },
    },
    'provider-not-found': {
      title: 'The mesh has no provider {{provider}}',
      detail: 'Istio ignores it: {{section}} that are sent to it go nowhere.',
      fixes: { 'fit-provider': 'Send them to {{right}}' },
    },
    'provider-unfit': {
      title: 'The provider {{provider}} takes no {{section}}',
      detail: 'Istio ignores it: it is for something else.',
      fixes: { 'fit-provider': 'Send them to {{right}}' },
    },
    'no-traces': {
      title: 'No request is traced',
      detail: 'Of 100 requests 0 are taken at random. Only those that a caller has traced already go on.',
      fixes: { 'say-so': 'Switch traces off, as is meant' },
    },
    'filter-syntax': {
      title: 'The filter is no expression in CEL',
      detail: 'Istio refuses the object: {{expression}}',
    },
    'filter-attribute': {
      title: 'Envoy has no attribute {{path}}',
      detail: 'Istio accepts the filter; Envoy cannot work it out, and nothing is written into the log.',
      fixes: { 'near-name': 'Write {{right}}' },
    },
    'filter-type': {
      title: '{{path}} is a number, and {{text}} is a text',
      detail: 'Istio accepts the filter; the two are never the same, and nothing is written into the log.',
      fixes: { number: 'Write {{right}} without quotes' },
    },
    'filter-never': {
      title: 'No response has such a code',
      detail: 'Istio accepts the filter, and nothing is written into the log: {{expression}}',
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
      detail: 'Istio ignores it: only filters and virtual hosts can be replaced.',
      fixes: { operation: 'Say {{right}}' },
    },
    'add-ignored': {
      title: 'ADD does nothing to {{applyTo}}',
      detail: 'Istio ignores it: route configurations cannot be added.',
      fixes: { operation: 'Say {{right}}' },
    },
    'remove-ignored': {
      title: 'REMOVE does nothing to {{applyTo}}',
      detail: 'Istio ignores it: route configurations cannot be removed.',
    },
  },
}
