import type { Load } from './use-load.ts'

/** A mesh of two clusters of which one answered, and a service that stands out. */
export const load: Load = {
  sources: [
    { cluster: 'east', state: 'answered', warnings: [], asOf: '2026-11-29T14:02:00.000Z' },
    {
      cluster: 'west',
      state: 'silent',
      why: { code: 'metrics.silent', params: { cluster: 'west', what: 'kube.timeout' } },
      warnings: [],
    },
  ],
  hidden: true,
  clusters: [],
  range: { start: '2026-11-29T13:02:00.000Z', end: '2026-11-29T14:02:00.000Z', step: 1_800 },
  cpu: [{ cluster: 'east', points: [0.25, null, 0.5] }],
  memory: [],
  bytes: [{ cluster: 'east', points: [2_048, 4_096, 1_024] }],
  top: {
    requests: [
      {
        host: 'reviews.shop.svc.cluster.local',
        namespace: 'shop',
        name: 'reviews',
        refs: [{ cluster: 'east', group: '', version: 'v1', kind: 'Service', namespace: 'shop', name: 'reviews' }],
        requests: 20,
        errors: 0.05,
        latency: 35,
      },
      { host: 'gone.shop.svc.cluster.local', namespace: 'shop', name: 'gone', refs: [], requests: 1, errors: 0 },
    ],
    errors: [],
    latency: [],
  },
}
