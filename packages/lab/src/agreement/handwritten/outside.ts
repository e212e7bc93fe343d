import type { JsonRecord } from '@orbweaver/contracts/json'
import { ask, type Handwritten, kubernetesGateway, rule, to } from './base.ts'

const vs = (title: string, spec: JsonRecord) => rule('VirtualService', title, spec)
const selector = { istio: 'ingressgateway' }
const server = (number: number, protocol: string, more: JsonRecord) => ({
  port: { number, name: `${protocol.toLowerCase()}-${number}`, protocol },
  ...more,
})
const gateway = (title: string, ...servers: JsonRecord[]) => rule('Gateway', title, { selector, servers })

/** Gateways, and what lies outside of the mesh. */
export const outside: readonly Handwritten[] = [
  {
    id: 'one host on two gateways',
    why: 'Rules of two Gateways for one host of one workload are joined, the one for all last.',
    rules: [
      gateway('shop/one', server(80, 'HTTP', { hosts: ['a.test'] })),
      gateway('pay/two', server(80, 'HTTP', { hosts: ['a.test'] })),
      vs('shop/one', { hosts: ['a.test'], gateways: ['one'], http: [{ route: [to('api')] }] }),
      vs('pay/two', {
        hosts: ['a.test'],
        gateways: ['two'],
        http: [{ match: [{ uri: { prefix: '/pay' } }], route: [to('api')] }],
      }),
    ],
    requests: [ask('edge', 'http://a.test/'), ask('edge', 'http://a.test/pay'), ask('edge', 'http://b.test/')],
  },
  {
    id: 'hosts of certain namespaces',
    why: 'A server for hosts of one namespace takes no rule of another.',
    rules: [
      gateway('shop/edge', server(80, 'HTTP', { hosts: ['pay/*.test', './c.test'] })),
      vs('shop/a', { hosts: ['a.test'], gateways: ['edge'], http: [{ route: [to('api')] }] }),
      vs('shop/c', { hosts: ['c.test'], gateways: ['edge'], http: [{ route: [to('api')] }] }),
      vs('pay/b', { hosts: ['b.test'], gateways: ['shop/edge'], http: [{ route: [to('api')] }] }),
    ],
    requests: ['a', 'b', 'c'].map((name) => ask('edge', `http://${name}.test/`)),
  },
  {
    id: 'TLS passed on by name',
    why: 'TLS that is passed on goes by the server name; what no rule names is closed.',
    rules: [
      gateway('shop/edge', server(443, 'TLS', { hosts: ['*.test'], tls: { mode: 'PASSTHROUGH' } })),
      vs('shop/edge', {
        hosts: ['*.test'],
        gateways: ['edge'],
        tls: [
          { match: [{ sniHosts: ['a.test'] }], route: [to('api', { port: 443 })] },
          { match: [{ sniHosts: ['*.b.test'] }], route: [to('web.pay', { port: 80 })] },
        ],
      }),
    ],
    requests: ['a.test', 'x.b.test', 'b.test'].map((name) => ask('edge', `tls://${name}`)),
  },
  {
    id: 'to HTTPS',
    why: 'A server that redirects to HTTPS does so for its own hosts, and not for those of another server.',
    rules: [
      gateway(
        'shop/edge',
        server(80, 'HTTP', { hosts: ['a.test'], tls: { httpsRedirect: true } }),
        server(443, 'HTTPS', { hosts: ['a.test'], tls: { mode: 'SIMPLE', credentialName: 'a' } }),
      ),
      gateway('pay/edge', server(80, 'HTTP', { hosts: ['b.test'] })),
      vs('shop/a', { hosts: ['a.test'], gateways: ['edge'], http: [{ route: [to('api')] }] }),
      vs('pay/b', { hosts: ['b.test'], gateways: ['edge'], http: [{ route: [to('api')] }] }),
    ],
    requests: [
      ask('edge', 'http://a.test/x'),
      ask('edge', 'http://b.test/x'),
      ask('edge', 'https://a.test/x'),
      ask('edge', 'https://b.test/x'),
    ],
  },
  {
    id: 'rule for mesh and gateway',
    why: 'A match may be for one of the rule’s gateways; mesh is one that has to be named beside others.',
    rules: [
      gateway('shop/edge', server(80, 'HTTP', { hosts: ['*'] })),
      vs('shop/api', {
        hosts: ['api.shop.svc.cluster.local'],
        gateways: ['mesh', 'edge'],
        http: [
          { match: [{ gateways: ['edge'] }], redirect: { uri: '/edge' } },
          { match: [{ sourceNamespace: 'pay' }], redirect: { uri: '/pay' } },
          { route: [to('web')] },
        ],
      }),
    ],
    requests: [
      ask('edge', 'http://api.shop.svc.cluster.local/'),
      ask('shop/web', 'http://api/'),
      ask('pay/web', 'http://api.shop/'),
    ],
  },
  {
    id: 'HTTPRoute precedence',
    why: 'Of the Gateway API the longer path goes before, then the method, then the headers, whatever the order.',
    rules: [
      kubernetesGateway('istio-system/front', {
        gatewayClassName: 'istio',
        addresses: [{ type: 'Hostname', value: 'istio-ingressgateway' }],
        listeners: [{ name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'All' } } }],
      }),
      rule('HTTPRoute', 'shop/all', {
        parentRefs: [{ name: 'front', namespace: 'istio-system' }],
        rules: [
          { backendRefs: [{ name: 'web', port: 80 }] },
          {
            matches: [{ headers: [{ name: 'who', value: 'ann' }] }],
            backendRefs: [{ name: 'api', port: 80, weight: 1 }],
          },
          {
            matches: [{ method: 'POST' }],
            filters: [{ type: 'RequestRedirect', requestRedirect: { hostname: 'post.test' } }],
          },
          {
            matches: [{ path: { type: 'PathPrefix', value: '/v1' } }],
            filters: [{ type: 'RequestRedirect', requestRedirect: { hostname: 'path.test', port: 8080 } }],
          },
        ],
      }),
    ],
    requests: [
      ask('edge', 'http://a.test/'),
      ask('edge', 'http://a.test/', { headers: { who: 'ann' } }),
      ask('edge', 'http://a.test/', { method: 'POST', headers: { who: 'ann' } }),
      ask('edge', 'http://a.test/v1/x', { method: 'POST' }),
    ],
  },
  {
    id: 'entry over a Service',
    why: 'A ServiceEntry for the host of a Service adds to it in its own namespace, and has ports of its own.',
    rules: [
      rule('ServiceEntry', 'shop/api', {
        hosts: ['api.shop.svc.cluster.local'],
        location: 'MESH_INTERNAL',
        resolution: 'STATIC',
        ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
        endpoints: [{ address: '198.51.100.4' }],
      }),
    ],
    requests: [ask('shop/web', 'http://api/'), ask('pay/web', 'http://api.shop/')],
  },
  {
    id: 'wildcard outside',
    why: 'A host under a wildcard goes where it wanted to; TLS is told apart by its name, what nobody knows is let out.',
    rules: [
      rule('ServiceEntry', 'shop/out', {
        hosts: ['*.example.com'],
        location: 'MESH_EXTERNAL',
        resolution: 'NONE',
        ports: [
          { number: 80, name: 'http', protocol: 'HTTP' },
          { number: 443, name: 'tls', protocol: 'TLS' },
        ],
      }),
      vs('shop/out', {
        hosts: ['a.example.com'],
        http: [{ fault: { delay: { fixedDelay: '1s' } }, route: [to('a.example.com')] }],
      }),
    ],
    requests: [
      ask('shop/web', 'http://a.example.com/'),
      ask('shop/web', 'http://b.example.com/'),
      ask('shop/web', 'tls://b.example.com'),
      ask('shop/web', 'http://other.test/'),
    ],
  },
  {
    id: 'only what is known',
    why: 'REGISTRY_ONLY answers 502 to HTTP of unknown hosts, and closes on the rest.',
    mesh: 'outboundTrafficPolicy: { mode: REGISTRY_ONLY }',
    rules: [],
    requests: [
      ask('shop/web', 'http://other.test/'),
      ask('shop/web', 'tls://other.test'),
      ask('shop/web', 'http://api/'),
    ],
  },
]
