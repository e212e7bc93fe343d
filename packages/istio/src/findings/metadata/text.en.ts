export const metadataFindings = {
  annotation: {
    unknown: {
      title: 'Istio knows no annotation {{name}}',
      detail: 'It has no effect: whatever it was to set stays as it is without it.',
      fixes: { rename: 'Name it {{name}}' },
    },
    misplaced: {
      title: 'The annotation {{name}} has no effect on a {{kind}}',
      detail: 'Istio looks for it on {{kinds}} only. For the Pods of a workload it stands in its template.',
      fixes: { 'to-template': 'Move {{name}} into the template of the Pods' },
    },
    invalid: {
      title: '{{value}} is no value for {{name}}',
      detail: 'The injector refuses Pods that carry it: they are not created.',
      fixes: { 'use-value': 'Write {{meant}}' },
    },
    deprecated: {
      title: 'The annotation {{name}} is of old',
      detail: 'Istio still honours it, and may stop doing so with a new version.',
      fixes: { 'to-label': 'Say it by the label sidecar.istio.io/inject' },
    },
  },
  metadata: {
    'not-text': {
      title: '{{key}} has the value {{value}}, which is no text',
      detail:
        'The API server refuses the object: labels and annotations are text, so numbers and words such as on and yes stand in quotes.',
      fixes: { quote: 'Write "{{value}}", in quotes' },
    },
  },
  condition: {
    negative: {
      title: '{{type}} does not hold: {{reason}}',
      detail: 'This is what the control plane says of the object, and as far as it goes it has no effect. {{message}}',
    },
    'gateway-api': {
      title: '{{type}} does not hold: {{reason}}',
      detail: 'This is what the controller says of the object; traffic may not take this way. {{message}}',
    },
  },
  crd: {
    'version-low': {
      title: 'The kind is of the Gateway API {{installed}}; Istio needs {{lowest}} at least',
      detail: 'istiod does not watch the kind: nothing comes of its objects. Install newer definitions.',
    },
    'version-high': {
      title: 'Istio {{version}} reads the kind as {{before}}, and this definition serves {{served}}',
      detail:
        'The Gateway API is too new for this Istio: nothing comes of the objects. Istio {{since}} and later read what is served here.',
    },
  },
  deprecated: {
    'delay-percent': {
      title: 'percent of a delay is of old',
      detail: 'Istio delays {{percent}} % of the requests. percentage says the same and takes fractions.',
      fixes: { percentage: 'Say it by percentage' },
    },
    'egress-proxy': {
      title: 'egressProxy has no effect',
      detail: 'Istio ignores it: traffic to unknown hosts goes straight out, as the mode says.',
      fixes: { 'leave-out': 'Leave egressProxy out' },
    },
    kind: {
      title: 'Istio no longer knows the kind {{kind}}',
      detail: 'Objects of it have no effect. AuthorizationPolicy has taken its place.',
    },
  },
}
