/** What shows why a stage stands as it does. */
export const en = {
  evidence: 'Evidence',
  deadline: 'Counts as failed',
  objects: 'Objects',
  missing: 'not there',
  unknown: 'not read: you may not, or its cluster does not answer',
  silent: 'there; its status says nothing',
  well: 'all is well',
  events: 'Events',
  noEvents: 'No event about these objects is kept.',
  times: '{{count}} times',
  logs: 'What istiod says',
  revisionState: {
    ReconcileError: 'Not reconciled',
    IstiodNotReady: 'istiod is not ready',
    RemoteIstiodNotReady: 'Remote istiod is not ready',
    NameAlreadyExists: 'Name is taken',
    ReadinessCheckFailed: 'Readiness not known',
  },
  leftovers_one: '{{count}} object in {{cluster}}',
  leftovers_other: '{{count}} objects in {{cluster}}',
}
