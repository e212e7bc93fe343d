/** Steps of the learning path, their states, and what each is about. */
export const startText = {
  step: {
    'create-managed': 'Create a managed mesh',
    'create-dedicated': 'Create a dedicated mesh',
    'create-external': 'Adopt an external mesh',
    'join-cluster': 'Join a cluster',
    'inject-global': 'Inject everywhere',
    'inject-namespace': 'Inject a namespace',
    'inject-workload': 'Inject a workload',
    services: 'Services',
    gateways: 'Gateways',
    traffic: 'Traffic',
    monitoring: 'Monitoring',
    upgrade: 'Upgrade',
    security: 'Security',
  },
  state: {
    done: 'Done',
    next: 'Next',
    open: 'Not yet',
    'not-built': 'Not in this version of Orbweaver yet',
  },
}
