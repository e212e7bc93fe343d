import type { JsonRecord } from '@orbweaver/contracts/json'
import { accepted, all, invalid, refused, verdicts } from './verdict.ts'

const virtualService = verdicts('VirtualService')

export const to = (host: string, more: JsonRecord = {}): JsonRecord => ({ destination: { host }, ...more })
const http = (...routes: JsonRecord[]): JsonRecord => ({ hosts: ['shop.example.com'], http: routes })
const shop = { route: [to('shop')] }
const tls = (sniHosts: string[], more: JsonRecord = {}): JsonRecord => ({
  match: [{ sniHosts, port: 443 }],
  route: [to('shop')],
  ...more,
})

const noAction = 'HTTP route, redirect or direct_response is required'
const noRoutes = 'http, tcp or tls must be provided in virtual service'
const publicGateway = { gateways: ['istio-system/public'] }

export const virtualServices = [
  virtualService(
    'A VirtualService needs routes, and each of its HTTP routes something to do.',
    refused('no routes', { hosts: ['shop.example.com'] }, noRoutes),
    refused('empty lists', { hosts: ['shop.example.com'], http: [], tls: [], tcp: [] }, noRoutes),
    refused('an empty HTTP route', http({}), noAction),
    refused('a route of timeouts alone', http({ timeout: '3s' }), noAction),
    refused('a TCP route to nowhere', { hosts: ['shop.example.com'], tcp: [{}] }, 'TCP route is required'),
    refused(
      'a TLS route to nowhere',
      { hosts: ['shop.example.com'], tls: [tls(['shop.example.com'], { route: [] })] },
      'TLS route is required',
    ),
    accepted('one HTTP route', http(shop)),
    accepted('a direct response', http({ directResponse: { status: 503, body: { string: 'closed' } } })),
  ),
  virtualService(
    'Hosts of a VirtualService are names, wildcards or addresses that do not overlap, and not all hosts inside the mesh.',
    refused(
      'a space in it',
      { ...http(shop), hosts: ['a shop'] },
      'domain name "a shop" invalid (label "a shop" invalid)',
    ),
    refused('no text', { ...http(shop), hosts: [''] }, 'empty domain name not allowed'),
    refused(
      'digits at the top',
      { ...http(shop), hosts: ['shop.42'] },
      'domain name "42" invalid (top level domain "42" cannot be all-numeric)',
    ),
    refused(
      'a wildcard inside',
      { ...http(shop), hosts: ['a.*.com'] },
      'domain name "*.com" invalid (label "*" invalid)',
    ),
    refused(
      'too long',
      { ...http(shop), hosts: [`${'x'.repeat(60)}.`.repeat(5)] },
      /^domain name "[x.]+" too long \(max 255\)$/,
    ),
    refused('twice', { ...http(shop), hosts: ['a', 'b', 'a'] }, 'duplicate hosts in virtual service: a & a'),
    refused(
      'one in another',
      { ...http(shop), hosts: ['*.example.com', 'shop.example.com'] },
      'duplicate hosts in virtual service: *.example.com & shop.example.com',
    ),
    refused(
      'all in the mesh',
      { ...http(shop), hosts: ['*'] },
      'wildcard host * is not allowed for virtual services bound to the mesh gateway',
    ),
    refused(
      'all in the mesh and at a gateway',
      { ...http(shop), hosts: ['*'], gateways: ['public', 'mesh'] },
      'wildcard host * is not allowed for virtual services bound to the mesh gateway',
    ),
    accepted('all at a gateway', { ...http(shop), hosts: ['*'], ...publicGateway }),
    accepted('an address', { ...http(shop), hosts: ['10.1.2.3'] }),
    accepted('two that differ', { ...http(shop), hosts: ['*.a.example', '*.b.example'] }),
  ),
  virtualService(
    'Gateways of a VirtualService are namespace/name or a name; a dotted name is warned of.',
    refused(
      'no namespace',
      { ...http(shop), gateways: ['/public'] },
      all('config namespace and gateway name cannot be empty', 'invalid value for namespace: ""'),
    ),
    refused(
      'a wrong name',
      { ...http(shop), gateways: ['istio-system/not_good'] },
      'invalid value for gateway name: "not_good"',
    ),
    refused(
      'a wrong short name',
      { ...http(shop), gateways: ['not_good'] },
      'domain name "not_good" invalid (label "not_good" invalid)',
    ),
    refused(
      'a claim of a token without one',
      http({ ...shop, match: [{ headers: { '@request.auth.claims.group': { exact: 'a' } } }] }),
      'JWT claim based routing (key: @request.auth.claims.group) is only supported for gateway, found no gateways: []',
    ),
    refused(
      'a claim of a token in the mesh, too',
      {
        ...http({ ...shop, match: [{ withoutHeaders: { '@request.auth.claims[sub]': {} } }] }),
        gateways: ['mesh', 'public'],
      },
      'JWT claim based routing (key: @request.auth.claims[sub]) is only supported for gateway, found no gateways: [mesh public]',
    ),
    accepted('a claim of a token at a gateway', {
      ...http({ ...shop, match: [{ headers: { '@request.auth.claims.group': { exact: 'a' } } }] }),
      ...publicGateway,
    }),
    accepted(
      'a dotted name',
      { ...http(shop), gateways: ['public.istio-system'] },
      'using legacy gatewayName format "public.istio-system"; prefer the <namespace>/<name> format: "istio-system/public"',
    ),
  ),
  virtualService(
    'A VirtualService without hosts is a delegate: HTTP routes alone, and no further delegate.',
    refused(
      'a gateway',
      { http: [shop], gateways: ['public'] },
      'delegate virtual service must have no gateways specified',
    ),
    refused(
      'TCP and TLS',
      { tcp: [{ route: [to('a')] }], http: [shop] },
      'delegate virtual service must have no tcp route specified',
    ),
    refused(
      'delegating',
      { http: [{ ...shop, delegate: { name: 'more' } }] },
      'delegate HTTP route cannot contain delegate',
    ),
    refused(
      'a root that routes',
      http({ name: 'all', ...shop, delegate: { name: 'more' } }),
      'root HTTP route all must not specify route',
    ),
    refused(
      'a root that redirects',
      http({ redirect: { uri: '/' }, delegate: { name: 'more' } }),
      'root HTTP route  must not specify redirect',
    ),
    accepted('a delegate', { http: [shop] }),
    accepted('a root', http({ match: [{ uri: { prefix: '/a' } }], delegate: { name: 'more', namespace: 'other' } })),
  ),
  virtualService(
    'An HTTP route has one action, and neither faults nor rewrites beside a redirect or direct response.',
    refused(
      'route and redirect',
      http({ ...shop, redirect: { uri: '/' } }),
      'HTTP route cannot contain both route and redirect',
    ),
    refused(
      'fault and redirect',
      http({ redirect: { uri: '/' }, fault: { delay: { fixedDelay: '1s' } } }),
      'HTTP route cannot contain both fault and redirect',
    ),
    refused(
      'rewrite and redirect',
      http({ redirect: { uri: '/' }, rewrite: { uri: '/' } }),
      'HTTP route rule cannot contain both rewrite and redirect',
    ),
    refused(
      'redirect and direct response',
      http({ redirect: { uri: '/' }, directResponse: { status: 200 } }),
      'HTTP route rule cannot contain both direct_response and redirect',
    ),
    refused(
      'route and direct response',
      http({ ...shop, directResponse: { status: 200 } }),
      'HTTP route cannot contain both route and direct_response',
    ),
    refused(
      'rewrite, fault and direct response',
      http({ rewrite: { uri: '/' }, fault: { abort: { httpStatus: 500 } }, directResponse: { status: 200 } }),
      all(
        'HTTP route cannot contain both fault and direct_response',
        'HTTP route rule cannot contain both rewrite and direct_response',
      ),
    ),
    refused(
      'one mirror and several',
      http({ ...shop, mirror: { host: 'a' }, mirrors: [to('b')] }),
      'HTTP route cannot contain both mirror and mirrors',
    ),
  ),
  virtualService(
    'Destinations have a host that is a name, a valid subset and port, and weights that are not all nothing.',
    refused('a negative weight', http({ route: [to('a', { weight: -1 })] }), 'weight -1 < 0'),
    refused('weights of nothing', http({ route: [to('a'), to('b', { weight: 0 })] }), 'total destination weight = 0'),
    refused('all hosts', http({ route: [to('*')] }), 'invalid destination host *'),
    refused(
      'a wrong subset',
      http({ route: [{ destination: { host: 'a', subset: 'v_1' } }] }),
      'subset name is invalid: v_1',
    ),
    refused(
      'a wrong port',
      http({ route: [{ destination: { host: 'a', port: { number: 70000 } } }] }),
      'port number 70000 must be in the range 1..65535',
    ),
    refused(
      'weights of nothing by TCP',
      { hosts: ['a'], tcp: [{ route: [to('a'), to('b')] }] },
      'total destination weight = 0',
    ),
    refused(
      'a wrong mirror',
      http({ ...shop, mirrors: [to('b', { percentage: { value: 101 } })] }),
      'mirror percentage must have a max value of 100 (it has 101.000000)',
    ),
    refused(
      'a wrong share of a mirror',
      http({ ...shop, mirror: { host: 'b' }, mirrorPercentage: { value: -1.5 } }),
      'mirror_percentage must have a min value of 0 (it has -1.500000)',
    ),
    invalid(
      'no destination',
      http({ route: [{ weight: 1 }] }),
      /spec\.http\[0\]\.route\[0\]\.destination: Required value/,
    ),
    invalid(
      'no host',
      http({ route: [{ destination: {} }] }),
      /spec\.http\[0\]\.route\[0\]\.destination\.host: Required value/,
    ),
    accepted('one weight', http({ route: [to('a', { weight: 0 })] })),
    accepted('weights of any sum', http({ route: [to('a', { weight: 1 }), to('b', { weight: 2 })] })),
    accepted(
      'the old share of a mirror',
      http({ ...shop, mirror: { host: 'b' }, mirrorPercent: 5 }),
      'using deprecated setting "mirrorPercent", use "mirrorPercentage" instead',
    ),
  ),
  virtualService(
    'TLS routes match by names that are among the hosts.',
    refused(
      'no match',
      { hosts: ['shop.example.com'], tls: [{ match: [], route: [to('a')] }] },
      'TLS route must have at least one match condition',
    ),
    refused('no names', { hosts: ['shop.example.com'], tls: [tls([])] }, 'TLS match must have at least one SNI host'),
    refused(
      'another host',
      { hosts: ['shop.example.com', '*.b.example'], tls: [tls(['a.example'])] },
      'SNI host "a.example" is not a compatible subset of any of the virtual service hosts: [shop.example.com, *.b.example]',
    ),
    refused(
      'a wider name',
      { hosts: ['shop.example.com'], tls: [tls(['*.example.com'])] },
      'SNI host "*.example.com" is not a compatible subset of any of the virtual service hosts: [shop.example.com]',
    ),
    refused(
      'a wrong subnet',
      {
        hosts: ['shop.example.com'],
        tls: [{ ...tls([]), match: [{ sniHosts: ['shop.example.com'], destinationSubnets: ['10.0.0.0/33', '10.0'] }] }],
      },
      all('10.0.0.0/33 is not a valid CIDR block', '10.0 is not a valid IP'),
    ),
    accepted('a name in a wildcard', { hosts: ['*.example.com'], tls: [tls(['shop.example.com'])] }),
    accepted(
      'an address',
      { hosts: ['10.1.2.3'], tls: [tls(['10.1.2.3'])] },
      'using an IP address ("10.1.2.3") goes against SNI spec and most clients do not support this',
    ),
    accepted('a name of a service between clusters', {
      hosts: ['outbound_.80_._.shop.mesh'],
      ...publicGateway,
      tls: [tls(['outbound_.80_._.shop.mesh'])],
    }),
  ),
]
