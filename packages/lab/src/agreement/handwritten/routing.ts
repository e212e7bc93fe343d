import type { JsonRecord } from '@orbweaver/contracts/json'
import { ask, type Handwritten, rule, to, versions } from './base.ts'

const full = 'api.shop.svc.cluster.local'
const vs = (title: string, spec: JsonRecord) => rule('VirtualService', title, spec)
const dr = (title: string, spec: JsonRecord) => rule('DestinationRule', title, spec)
const fromWeb = (...urls: string[]) => urls.map((url) => ask('shop/web', url))

/** Hosts, rules and destinations inside of the mesh. */
export const routing: readonly Handwritten[] = [
  {
    id: 'short names',
    why: 'A short name is of the namespace of the rule that writes it, not of the client’s.',
    rules: [
      vs('pay/api', { hosts: ['api'], http: [{ route: [to('web')] }] }),
      vs('shop/api', { hosts: ['api'], http: [{ route: [to('api.pay')] }] }),
    ],
    requests: fromWeb('http://api/', 'http://api.pay/', `http://${full}/`, 'http://api.pay.svc/'),
  },
  {
    id: 'exported to nobody',
    why: 'exportTo ~ hides a rule from everybody, its own namespace too.',
    rules: [
      vs('shop/api', { hosts: ['api'], exportTo: ['~'], http: [{ redirect: { uri: '/never' } }] }),
      vs('pay/api', { hosts: ['api'], exportTo: ['.'], http: [{ redirect: { uri: '/own' } }] }),
    ],
    requests: [...fromWeb('http://api/', 'http://api.pay/'), ask('pay/web', 'http://api/')],
  },
  {
    id: 'hidden by Sidecar',
    why: 'A Sidecar whose egress has not the host leaves its traffic to outboundTrafficPolicy.',
    rules: [
      rule('Sidecar', 'shop/default', {
        egress: [{ hosts: ['./*'] }],
        outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
      }),
      vs('pay/api', { hosts: ['api'], http: [{ redirect: { uri: '/pay' } }] }),
    ],
    requests: [...fromWeb('http://api.pay/', 'http://api/', 'tcp://api.pay:80'), ask('pay/web', 'http://api/')],
  },
  {
    id: 'delegate',
    why: 'The conditions of a rule and of its delegate are joined, headers too; a delegate that conflicts is left out.',
    rules: [
      vs('shop/root', {
        hosts: ['api'],
        http: [
          {
            match: [{ uri: { prefix: '/v1' }, headers: { who: { exact: 'ann' } } }],
            delegate: { name: 'part', namespace: 'pay' },
          },
          { route: [to('web')] },
        ],
      }),
      vs('pay/part', {
        http: [
          { match: [{ uri: { prefix: '/v2' } }], redirect: { uri: '/conflict' } },
          { match: [{ uri: { prefix: '/v1/a' }, headers: { much: { prefix: 'x' } } }], redirect: { uri: '/both' } },
          { route: [to('api')] },
        ],
      }),
    ],
    requests: [
      ask('shop/web', 'http://api/v1/a', { headers: { who: 'ann', much: 'xy' } }),
      ask('shop/web', 'http://api/v1/a', { headers: { much: 'xy' } }),
      ask('shop/web', 'http://api/v1/b', { headers: { who: 'ann' } }),
      ask('shop/web', 'http://api/v2', { headers: { who: 'ann' } }),
    ],
  },
  {
    id: 'wildcard and port',
    why: 'The exact host goes before the wildcard, and a match for another port is none.',
    rules: [
      vs('shop/all', { hosts: ['*.shop.svc.cluster.local'], http: [{ redirect: { uri: '/all' } }] }),
      vs('shop/one', { hosts: [full], http: [{ match: [{ port: 8081 }], redirect: { uri: '/one' } }] }),
    ],
    requests: fromWeb('http://api/', 'http://web/', 'http://web.shop:8000/'),
  },
  {
    id: 'two rules for one host',
    why: 'Of two rules for one host in the mesh the older one counts alone; they are not joined.',
    rules: [
      vs('shop/first', { hosts: [full], http: [{ match: [{ uri: { prefix: '/a' } }], redirect: { uri: '/first' } }] }),
      vs('shop/second', { hosts: ['api'], http: [{ redirect: { uri: '/second' } }] }),
    ],
    requests: fromWeb('http://api/a', 'http://api/b'),
  },
  {
    id: 'HTTPRoute and VirtualService',
    why: 'Both speak for one host of the mesh: routes of the Gateway API on a Service go before.',
    rules: [
      vs('shop/api', { hosts: ['api'], http: [{ redirect: { uri: '/rule' } }] }),
      rule('HTTPRoute', 'shop/api', {
        parentRefs: [{ group: '', kind: 'Service', name: 'api', port: 80 }],
        rules: [
          { matches: [{ path: { type: 'PathPrefix', value: '/v1' } }], backendRefs: [{ name: 'web', port: 80 }] },
        ],
      }),
    ],
    requests: fromWeb('http://api/v1', 'http://api/other'),
  },
  {
    id: 'subset policies',
    why: 'A subset takes what the rule says for all where it says nothing itself, and its own TLS where it does.',
    rules: [
      dr('shop/api', {
        host: 'api',
        trafficPolicy: {
          tls: { mode: 'DISABLE' },
          portLevelSettings: [{ port: { number: 80 }, tls: { mode: 'SIMPLE' } }],
        },
        subsets: [
          { name: 'v1', labels: { version: 'v1' } },
          { name: 'v2', labels: { version: 'v2' }, trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } } },
        ],
      }),
      vs('shop/api', {
        hosts: ['api'],
        http: [
          { match: [{ uri: { prefix: '/1' } }], route: [to('api', { subset: 'v1' })] },
          { match: [{ uri: { prefix: '/2' } }], route: [to('api', { subset: 'v2' })] },
          { route: [to('api')] },
        ],
      }),
    ],
    requests: fromWeb('http://api/1', 'http://api/2', 'http://api/3', 'tcp://api:9000'),
  },
  {
    id: 'rule for some clients',
    why: 'A DestinationRule with a workloadSelector is for those clients alone, and goes before the one for all.',
    rules: [
      dr('shop/for-all', { host: full, trafficPolicy: { tls: { mode: 'SIMPLE' } } }),
      dr('shop/for-web', {
        host: full,
        workloadSelector: { matchLabels: { app: 'web' } },
        trafficPolicy: { tls: { mode: 'DISABLE' } },
      }),
    ],
    requests: [...fromWeb('http://api/'), ask('shop/db', 'http://api/')],
  },
  {
    id: 'subset of a headless Service',
    why: 'Subsets of a headless Service are dialled by the address that the client knows.',
    rules: [
      dr('shop/db', { host: 'db', subsets: versions }),
      vs('shop/db', { hosts: ['db'], tcp: [{ route: [to('db', { subset: 'v2' })] }] }),
    ],
    requests: fromWeb('tcp://db:9000'),
  },
  {
    id: 'sniffed port',
    why: 'A port without a protocol is HTTP to whoever speaks HTTP, and its TCP rules are for the others.',
    rules: [
      vs('shop/web', {
        hosts: ['web'],
        http: [{ redirect: { uri: '/http' } }],
        tcp: [{ match: [{ port: 8000 }], route: [to('api', { port: 9000 })] }],
      }),
    ],
    requests: [ask('shop/api', 'http://web:8000/'), ask('shop/api', 'tcp://web:8000'), ask('shop/api', 'http://web/')],
  },
  {
    id: 'redirect with its port',
    why: 'derivePort takes the port of the request or of the scheme; a port that is said goes with the authority.',
    rules: [
      vs('shop/api', {
        hosts: ['api'],
        http: [
          { match: [{ uri: { prefix: '/r' } }], redirect: { derivePort: 'FROM_REQUEST_PORT', scheme: 'https' } },
          { match: [{ uri: { prefix: '/d' } }], redirect: { derivePort: 'FROM_PROTOCOL_DEFAULT', scheme: 'https' } },
          { redirect: { port: 8443, authority: 'a.test', uri: '/x' } },
        ],
      }),
    ],
    requests: fromWeb('http://api/r', 'http://api/d', 'http://api/o?q=1'),
  },
  {
    id: 'fault by header, mirror by share',
    why: 'Faults and mirrors are of the rule that matches, and disturb no other; weights of zero get nothing.',
    rules: [
      vs('shop/api', {
        hosts: ['api'],
        http: [
          {
            match: [{ headers: { test: { regex: 'a.+' } } }],
            fault: { abort: { httpStatus: 418, percentage: { value: 100 } } },
            route: [to('web')],
          },
          {
            route: [
              { ...to('api'), weight: 100 },
              { ...to('web'), weight: 0 },
            ],
            mirrors: [{ destination: { host: 'web' }, percentage: { value: 12.5 } }],
            retries: { attempts: 2, retryOn: 'connect-failure,503', perTryTimeout: '2s' },
            timeout: '7s',
          },
        ],
      }),
    ],
    requests: [
      ask('shop/web', 'http://api/', { headers: { test: 'abc' } }),
      ask('shop/web', 'http://api/', { headers: { test: 'a' } }),
    ],
  },
  {
    id: 'withoutHeaders and ignored case',
    why: 'withoutHeaders takes requests that have not the header at all; ignoreUriCase is for the path alone.',
    rules: [
      vs('shop/api', {
        hosts: ['api'],
        http: [
          {
            match: [{ withoutHeaders: { skip: {} }, uri: { exact: '/A' }, ignoreUriCase: true }],
            redirect: { uri: '/without' },
          },
          { match: [{ queryParams: { q: { exact: '1' } } }], redirect: { uri: '/query' } },
        ],
      }),
    ],
    requests: [
      ...fromWeb('http://api/a', 'http://api/b?q=1', 'http://api/b?q=12', 'http://api/b'),
      ask('shop/web', 'http://api/a', { headers: { skip: '' } }),
    ],
  },
  {
    id: 'consistent hash and locality',
    why: 'Load balancing by cookie and locality failover change whom a request meets first, and no cluster.',
    rules: [
      dr('shop/api', {
        host: 'api',
        trafficPolicy: {
          loadBalancer: {
            consistentHash: { httpCookie: { name: 'user', ttl: '0s' } },
            localityLbSetting: { enabled: true, failover: [{ from: 'north', to: 'south' }] },
          },
          outlierDetection: { consecutive5xxErrors: 3 },
        },
      }),
    ],
    requests: fromWeb('http://api/'),
  },
]
