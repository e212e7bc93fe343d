import { choice, field, template } from './template.ts'

/**
 * Rules that deny by HTTP attributes name a port: without one Istio drops the attributes for TCP and denies all of it
 * (istiod warns: "will deny all traffic to TCP ports").
 */
const workload = field('workload', 'labels', 'app=reviews')

export const peerAuthenticationTemplates = [
  template({
    id: 'mtls-namespace',
    kind: 'PeerAuthentication',
    fields: [choice('mode', 'STRICT', 'PERMISSIVE')],
    spec: (read) => ({ mtls: { mode: read.text('mode') } }),
  }),
  template({
    id: 'mtls-workload-port',
    kind: 'PeerAuthentication',
    fields: [workload, field('port', 'port', '8080'), choice('portMode', 'PERMISSIVE', 'DISABLE')],
    spec: (read) => ({
      selector: { matchLabels: read.labels('workload') },
      mtls: { mode: 'STRICT' },
      portLevelMtls: { [read.text('port')]: { mode: read.text('portMode') } },
    }),
  }),
]

export const requestAuthenticationTemplates = [
  template({
    id: 'jwt',
    kind: 'RequestAuthentication',
    fields: [
      workload,
      field('issuer', 'url', 'https://login.example.com'),
      field('jwksUri', 'url', 'https://login.example.com/keys'),
    ],
    spec: (read) => ({
      selector: { matchLabels: read.labels('workload') },
      jwtRules: [{ issuer: read.text('issuer'), jwksUri: read.text('jwksUri'), forwardOriginalToken: true }],
    }),
  }),
]

export const authorizationPolicyTemplates = [
  template({ id: 'deny-all', kind: 'AuthorizationPolicy', fields: [], spec: () => ({}) }),
  template({
    id: 'allow-namespace',
    kind: 'AuthorizationPolicy',
    fields: [workload, field('source', 'text', 'shop')],
    spec: (read) => ({
      selector: { matchLabels: read.labels('workload') },
      action: 'ALLOW',
      rules: [{ from: [{ source: { namespaces: [read.text('source')] } }] }],
    }),
  }),
  template({
    id: 'allow-account',
    kind: 'AuthorizationPolicy',
    fields: [
      workload,
      field('source', 'text', 'shop'),
      field('account', 'text', 'default'),
      choice('method', 'GET', 'POST', 'PUT', 'DELETE'),
      field('path', 'text', '/*'),
    ],
    spec: (read) => ({
      selector: { matchLabels: read.labels('workload') },
      action: 'ALLOW',
      rules: [
        {
          from: [{ source: { principals: [`*/ns/${read.text('source')}/sa/${read.text('account')}`] } }],
          to: [{ operation: { methods: [read.text('method')], paths: [read.text('path')] } }],
        },
      ],
    }),
  }),
  template({
    id: 'require-jwt',
    kind: 'AuthorizationPolicy',
    fields: [workload, field('port', 'port', '8080')],
    spec: (read) => ({
      selector: { matchLabels: read.labels('workload') },
      action: 'DENY',
      rules: [
        {
          from: [{ source: { notRequestPrincipals: ['*'] } }],
          to: [{ operation: { ports: [read.text('port')] } }],
        },
      ],
    }),
  }),
  template({
    id: 'deny-path',
    kind: 'AuthorizationPolicy',
    fields: [workload, field('path', 'text', '/admin/*'), field('port', 'port', '8080')],
    spec: (read) => ({
      selector: { matchLabels: read.labels('workload') },
      action: 'DENY',
      rules: [{ to: [{ operation: { paths: [read.text('path')], ports: [read.text('port')] } }] }],
    }),
  }),
]
