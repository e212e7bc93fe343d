export const workloadFindings = {
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
