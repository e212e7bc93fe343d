import { field, template } from './template.ts'

const selector = field('selector', 'labels', 'istio=ingressgateway')
const publicHost = field('publicHost', 'host', 'shop.example.com')

export const gatewayTemplates = [
  template({
    id: 'http-entry',
    kind: 'Gateway',
    fields: [selector, publicHost],
    spec: (read) => ({
      selector: read.labels('selector'),
      servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: [read.text('publicHost')] }],
    }),
  }),
  template({
    id: 'https-entry',
    kind: 'Gateway',
    fields: [selector, publicHost, field('credential', 'text', 'shop-certificate')],
    spec: (read) => ({
      selector: read.labels('selector'),
      servers: [
        {
          port: { number: 443, name: 'https', protocol: 'HTTPS' },
          tls: { mode: 'SIMPLE', credentialName: read.text('credential') },
          hosts: [read.text('publicHost')],
        },
        {
          port: { number: 80, name: 'http', protocol: 'HTTP' },
          tls: { httpsRedirect: true },
          hosts: [read.text('publicHost')],
        },
      ],
    }),
  }),
  template({
    id: 'tls-passthrough',
    kind: 'Gateway',
    fields: [selector, publicHost],
    spec: (read) => ({
      selector: read.labels('selector'),
      servers: [
        {
          port: { number: 443, name: 'tls', protocol: 'TLS' },
          tls: { mode: 'PASSTHROUGH' },
          hosts: [read.text('publicHost')],
        },
      ],
    }),
  }),
]

export const serviceEntryTemplates = [
  template({
    id: 'external-https',
    kind: 'ServiceEntry',
    fields: [field('externalHost', 'host', 'api.example.com')],
    spec: (read) => ({
      hosts: [read.text('externalHost')],
      location: 'MESH_EXTERNAL',
      resolution: 'DNS',
      ports: [{ number: 443, name: 'tls', protocol: 'TLS' }],
    }),
  }),
  template({
    id: 'external-addresses',
    kind: 'ServiceEntry',
    fields: [
      field('externalHost', 'host', 'database.example.com'),
      field('address', 'text', '192.0.2.10'),
      field('port', 'port', '5432'),
    ],
    spec: (read) => ({
      hosts: [read.text('externalHost')],
      location: 'MESH_EXTERNAL',
      resolution: 'STATIC',
      addresses: [read.text('address')],
      ports: [{ number: read.number('port'), name: 'tcp', protocol: 'TCP' }],
      endpoints: [{ address: read.text('address') }],
    }),
  }),
]
