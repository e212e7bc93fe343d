/** What the server says of a cluster, and of credentials that were tried: for tests of this slice. */

export const east = {
  name: 'east',
  spec: { displayName: 'Factory east' },
  server: 'https://10.0.0.1:6443',
  ends: [],
  kubernetesVersion: 'v1.34.1',
  operator: { found: true, version: '1.30.3', versions: ['v1.30.3', 'v1.29.4'] },
  istio: [{ namespace: 'istio-system', revision: 'default', version: '1.29.4', installer: 'helm' }],
  conditions: [{ type: 'Reachable', status: 'True', reason: 'Answered', message: '' }],
  role: 'none',
  deleting: false,
}

export const tested = {
  accepted: true,
  warnings: [],
  contexts: ['prod/east', 'prod/west'],
  context: 'prod/east',
  server: 'https://10.0.0.1:6443',
  ends: [{ of: 'token', at: '2020-01-01T00:00:00.000Z', state: 'over' }],
  kubernetesVersion: 'v1.34.1',
  checks: [{ id: 'reachable.yes', severity: 'ok', params: { cluster: 'prod/east' } }],
  istio: [],
}

/** Of somebody who may edit it. */
export const foundEast = { cluster: east, checks: [], capabilities: { hidden: [] }, editing: [], clusters: [] }
