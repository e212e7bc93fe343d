/** What tests of these pages are answered: a workload of a cluster, and its row in the list. */
export const clusters = [{ cluster: 'east', state: 'fresh' }]

export const workload = (name: string) => ({
  cluster: 'east',
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  namespace: 'shop',
  name,
})

export const row = (name: string) => ({
  ref: workload(name),
  policy: 'enabled',
  pods: { injected: 1, total: 1, pendingRestart: 0, ready: 1 },
  proxyVersions: [],
  revisions: [],
  restartable: true,
  findings: { count: 0 },
})
