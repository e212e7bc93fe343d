import { choice, field, template } from './template.ts'

const host = field('host', 'host', 'reviews')

export const destinationRuleTemplates = [
  template({
    id: 'subsets-by-version',
    kind: 'DestinationRule',
    fields: [host, field('subset', 'text', 'v1'), field('newSubset', 'text', 'v2')],
    spec: (read) => ({
      host: read.text('host'),
      subsets: ['subset', 'newSubset'].map((name) => ({ name: read.text(name), labels: { version: read.text(name) } })),
    }),
  }),
  template({
    id: 'load-balancing',
    kind: 'DestinationRule',
    fields: [host, choice('algorithm', 'LEAST_REQUEST', 'ROUND_ROBIN', 'RANDOM')],
    spec: (read) => ({
      host: read.text('host'),
      trafficPolicy: { loadBalancer: { simple: read.text('algorithm') } },
    }),
  }),
  template({
    id: 'sticky-sessions',
    kind: 'DestinationRule',
    fields: [host, field('header', 'text', 'x-user')],
    spec: (read) => ({
      host: read.text('host'),
      trafficPolicy: { loadBalancer: { consistentHash: { httpHeaderName: read.text('header') } } },
    }),
  }),
  template({
    id: 'outlier-detection',
    kind: 'DestinationRule',
    fields: [
      host,
      field('errors', 'count', '5'),
      field('interval', 'seconds', '10'),
      field('ejection', 'seconds', '30'),
      field('percent', 'percent', '50'),
    ],
    spec: (read) => ({
      host: read.text('host'),
      trafficPolicy: {
        outlierDetection: {
          consecutive5xxErrors: read.number('errors'),
          interval: `${read.text('interval')}s`,
          baseEjectionTime: `${read.text('ejection')}s`,
          maxEjectionPercent: read.number('percent'),
        },
      },
    }),
  }),
  template({
    id: 'connection-pool',
    kind: 'DestinationRule',
    fields: [host, field('connections', 'count', '100'), field('pending', 'count', '100')],
    spec: (read) => ({
      host: read.text('host'),
      trafficPolicy: {
        connectionPool: {
          tcp: { maxConnections: read.number('connections') },
          http: { http1MaxPendingRequests: read.number('pending') },
        },
      },
    }),
  }),
]
