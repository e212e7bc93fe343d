import { field, type Reader, template } from './template.ts'

const host = field('host', 'host', 'reviews')
const to = (read: Reader, subset: string) => ({ host: read.text('host'), subset: read.text(subset) })
const hosts = (read: Reader) => ({ hosts: [read.text('host')] })

export const virtualServiceTemplates = [
  template({
    id: 'split-traffic',
    kind: 'VirtualService',
    fields: [host, field('subset', 'text', 'v1'), field('newSubset', 'text', 'v2'), field('percent', 'percent', '10')],
    spec: (read) => ({
      ...hosts(read),
      http: [
        {
          route: [
            { destination: to(read, 'subset'), weight: 100 - read.number('percent') },
            { destination: to(read, 'newSubset'), weight: read.number('percent') },
          ],
        },
      ],
    }),
  }),
  template({
    id: 'route-by-header',
    kind: 'VirtualService',
    fields: [
      host,
      field('header', 'text', 'x-canary'),
      field('value', 'text', 'true'),
      field('newSubset', 'text', 'v2'),
      field('subset', 'text', 'v1'),
    ],
    spec: (read) => ({
      ...hosts(read),
      http: [
        {
          match: [{ headers: { [read.text('header').toLowerCase()]: { exact: read.text('value') } } }],
          route: [{ destination: to(read, 'newSubset') }],
        },
        { route: [{ destination: to(read, 'subset') }] },
      ],
    }),
  }),
  template({
    id: 'timeout-and-retries',
    kind: 'VirtualService',
    fields: [
      host,
      field('timeout', 'seconds', '10'),
      field('attempts', 'count', '2'),
      field('perTryTimeout', 'seconds', '3'),
    ],
    spec: (read) => ({
      ...hosts(read),
      http: [
        {
          route: [{ destination: { host: read.text('host') } }],
          timeout: `${read.text('timeout')}s`,
          retries: {
            attempts: read.number('attempts'),
            perTryTimeout: `${read.text('perTryTimeout')}s`,
            retryOn: 'connect-failure,refused-stream,unavailable,cancelled,5xx',
          },
        },
      ],
    }),
  }),
  template({
    id: 'inject-fault',
    kind: 'VirtualService',
    fields: [host, field('delay', 'seconds', '5'), field('percent', 'percent', '10')],
    spec: (read) => ({
      ...hosts(read),
      http: [
        {
          fault: { delay: { fixedDelay: `${read.text('delay')}s`, percentage: { value: read.number('percent') } } },
          route: [{ destination: { host: read.text('host') } }],
        },
      ],
    }),
  }),
  template({
    id: 'mirror-traffic',
    kind: 'VirtualService',
    fields: [host, field('mirrorHost', 'host', 'reviews-next'), field('percent', 'percent', '100')],
    spec: (read) => ({
      ...hosts(read),
      http: [
        {
          route: [{ destination: { host: read.text('host') } }],
          mirrors: [{ destination: { host: read.text('mirrorHost') }, percentage: { value: read.number('percent') } }],
        },
      ],
    }),
  }),
  template({
    id: 'expose-service',
    kind: 'VirtualService',
    fields: [
      field('publicHost', 'host', 'shop.example.com'),
      field('gateway', 'text', 'istio-system/public'),
      field('prefix', 'text', '/'),
      host,
      field('port', 'port', '8080'),
    ],
    spec: (read) => ({
      hosts: [read.text('publicHost')],
      gateways: [read.text('gateway')],
      http: [
        {
          match: [{ uri: { prefix: read.text('prefix') } }],
          route: [{ destination: { host: read.text('host'), port: { number: read.number('port') } } }],
        },
      ],
    }),
  }),
]
