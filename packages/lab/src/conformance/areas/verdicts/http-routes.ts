import type { JsonRecord } from '@orbweaver/contracts/json'
import { accepted, all, refused, verdicts } from './verdict.ts'
import { to } from './virtual-services.ts'

const virtualService = verdicts('VirtualService')

const route = (more: JsonRecord): JsonRecord => ({
  hosts: ['shop.example.com'],
  http: [{ route: [to('shop')], ...more }],
})
const routes = (...https: JsonRecord[]): JsonRecord => ({
  hosts: ['shop.example.com'],
  http: https.map((each) => ({ route: [to('shop')], ...each })),
})
const match = (one: JsonRecord): JsonRecord => route({ match: [one] })
const only = (action: JsonRecord): JsonRecord => ({ hosts: ['shop.example.com'], http: [action] })
const hint = 'Istio uses RE2 style regex-based match (https://github.com/google/re2/wiki/Syntax)'

export const httpRoutes = [
  virtualService(
    'Texts to match are not empty, regular expressions are RE2 and no longer than 1024 characters.',
    refused(
      'an empty prefix of a header',
      match({ headers: { a: { prefix: '' } } }),
      '"headers": prefix string match should not be empty',
    ),
    refused('an empty expression', match({ uri: { regex: '' } }), '"uri": regex string match should not be empty'),
    refused(
      'looking ahead',
      match({ uri: { regex: '^/(?!private)' } }),
      `"uri": error parsing regexp: invalid or unsupported Perl syntax: \`(?!\`; ${hint}`,
    ),
    refused(
      'a reference back',
      match({ authority: { regex: '(a)\\1' } }),
      `"authority": error parsing regexp: invalid escape sequence: \`\\1\`; ${hint}`,
    ),
    refused(
      'an open class',
      match({ queryParams: { q: { regex: '[a-z' } } }),
      `"queryParams": error parsing regexp: missing closing ]: \`[a-z\`; ${hint}`,
    ),
    refused(
      'a closed group too many',
      match({ method: { regex: 'GET)' } }),
      `"method": error parsing regexp: unexpected ): \`GET)\`; ${hint}`,
    ),
    refused(
      'nothing to repeat',
      match({ scheme: { regex: '*http' } }),
      `"scheme": error parsing regexp: missing argument to repetition operator: \`*\`; ${hint}`,
    ),
    refused(
      'a long expression',
      match({ uri: { regex: 'a'.repeat(1025) } }),
      '"uri": regex is too large, max length allowed is 1024',
    ),
    refused(
      'a wrong header name',
      match({ headers: { 'a b': { exact: 'c' } } }),
      'header name a b is not a valid header name',
    ),
    accepted('an empty prefix of a path', match({ uri: { prefix: '' } })),
    accepted('any header at all', match({ withoutHeaders: { a: { regex: '*' } } })),
    accepted('an expression', match({ uri: { regex: '^/(v1|v2)/[^/]+$' }, headers: { ':method': { exact: 'GET' } } })),
  ),
  virtualService(
    'The places of a match are a port, labels, gateways and a namespace in their usual forms.',
    refused('a port', match({ port: 65536 }), 'port number 65536 must be in the range 1..65535'),
    refused('a label', match({ sourceLabels: { 'a b': 'c' } }), all('invalid tag key: "a b"')),
    refused('the value of a label', match({ sourceLabels: { app: 'a b' } }), all('invalid tag value: "a b"')),
    refused('a namespace', match({ sourceNamespace: 'a.b' }), 'sourceNamespace match a.b is invalid'),
    accepted('a dotted gateway, without a warning here', match({ gateways: ['public.istio-system'] })),
    accepted('a long value of a label', match({ sourceLabels: { app: 'a'.repeat(70) } })),
  ),
  virtualService(
    'Headers have names that may be set, values whose variables are closed, and one place for the authority.',
    refused(
      'the host of an answer',
      route({ headers: { response: { set: { Host: 'a' } } } }),
      'invalid header "Host": cannot set Host header',
    ),
    refused(
      'the host to take away',
      route({ headers: { request: { remove: ['host'] } } }),
      'invalid header "host": cannot set Host header',
    ),
    refused(
      'an inner header',
      route({ headers: { request: { add: { ':path': '/a' } } } }),
      'invalid header ":path": header cannot have ":" prefix',
    ),
    refused(
      'an inner header at a destination',
      route({ route: [to('a', { headers: { response: { add: { ':status': '200' } } } })] }),
      'invalid header ":status": header cannot have ":" prefix',
    ),
    refused('no name', route({ headers: { request: { set: { '': 'a' } } } }), 'header name cannot be empty'),
    refused(
      'an open variable',
      route({ headers: { request: { set: { a: '%HOST' } } } }),
      "header value configuration: invalid header configuration. Un-terminated variable expression '%HOST'",
    ),
    refused(
      'a lone percent sign',
      route({ headers: { response: { add: { a: '100%' } } } }),
      'header value configuration: invalid header configuration. Un-escaped %',
    ),
    refused(
      'more after arguments',
      route({ headers: { request: { set: { a: '%REQ(a)b%' } } } }),
      "header value configuration: invalid header configuration. Expecting '%' or whitespace after",
    ),
    refused(
      'the authority twice',
      route({ rewrite: { authority: 'a' }, headers: { request: { set: { ':authority': 'b' } } } }),
      'authority header cannot be set multiple times: have "a", attempting to set "b"',
    ),
    accepted('the authority once', route({ headers: { request: { set: { Host: 'b' } } } })),
    accepted('variables', route({ headers: { request: { add: { a: '100%% of %REQ(x-a)% %START_TIME%' } } } })),
  ),
  virtualService(
    'A fault delays or aborts, by shares that can be told and statuses that are there.',
    refused('of nothing', route({ fault: {} }), all('HTTP fault injection must have an abort and/or a delay')),
    refused(
      'a share too small',
      route({ fault: { abort: { httpStatus: 500, percentage: { value: 0.00001 } } } }),
      'percentage 1e-05 is neither 0.0, nor in range [0.0001, 100.0]',
    ),
    refused(
      'a share too big',
      route({ fault: { delay: { fixedDelay: '1s', percentage: { value: 100.5 } } } }),
      'percentage 100.5 is neither 0.0, nor in range [0.0001, 100.0]',
    ),
    refused('a status', route({ fault: { abort: { httpStatus: 100 } } }), 'HTTP status 100 is not in range 200-599'),
    refused(
      'a gRPC status',
      route({ fault: { abort: { grpcStatus: 'GONE' } } }),
      /^gRPC status "GONE" is not supported\. See /,
    ),
    refused(
      'an error of HTTP/2',
      route({ fault: { abort: { http2Error: 'REFUSED' } } }),
      'HTTP/2 abort fault injection not supported yet',
    ),
    accepted('an abort of no type', route({ fault: { abort: {} } })),
    accepted('a status one too many', route({ fault: { abort: { httpStatus: 600 } } })),
  ),
  virtualService(
    'A redirect names something new, with a status of its own kind; a direct response has a status and a small body.',
    refused('to nowhere', only({ redirect: {} }), 'redirect must specify URI, authority, scheme, or port'),
    refused(
      'two paths',
      only({ redirect: { uri: '/a', prefixRewrite: '/b' } }),
      'redirect may only specify one of uri or prefix_rewrite',
    ),
    refused(
      'a prefix of no prefix',
      only({ match: [{ uri: { exact: '/a' } }], redirect: { prefixRewrite: '/b' } }),
      'redirect prefix_rewrite requires all URI matches to use prefix match type',
    ),
    refused(
      'a status',
      only({ redirect: { uri: '/a', redirectCode: 404 } }),
      '404 is not a valid redirect code, must be 3xx',
    ),
    refused('a scheme', only({ redirect: { scheme: 'ftp' } }), 'invalid redirect scheme, must be "http" or "https"'),
    refused(
      'a status of a response',
      only({ directResponse: { status: 601 } }),
      'HTTP status 601 is not in range 200-599',
    ),
    refused(
      'a body too big',
      only({ directResponse: { status: 200, body: { string: 'x'.repeat(1024 * 1024 + 1) } } }),
      'large direct_responses may impact control plane performance, must be less than 1MB',
    ),
    accepted(
      'a big body',
      only({ directResponse: { status: 200, body: { string: 'x'.repeat(100 * 1024 + 1) } } }),
      'large direct_responses may impact control plane performance',
    ),
    accepted('a port of the request', only({ redirect: { derivePort: 'FROM_REQUEST_PORT' } })),
  ),
  virtualService(
    'Retries are attempts with conditions that Envoy knows; a rewrite rewrites something, a path in one way.',
    refused('less than none', route({ retries: { attempts: -1 } }), all('attempts cannot be negative')),
    refused(
      'none, with a condition',
      route({ retries: { attempts: 0, retryOn: '5xx' } }),
      'http retry policy configured when attempts are set to 0 (disabled)',
    ),
    refused(
      'a condition',
      route({ retries: { attempts: 1, retryOn: '5xx,nonsense,509' } }),
      all('"nonsense" is not a valid retryOn policy', '"509" is not a valid retryOn policy'),
    ),
    refused(
      'a rewrite of nothing',
      route({ rewrite: {} }),
      'rewrite must specify at least one of URI, UriRegexRewrite, or authority. Only one of URI or UriRegexRewrite may be specified',
    ),
    refused(
      'a path in two ways',
      route({ rewrite: { uri: '/', uriRegexRewrite: { match: 'a', rewrite: 'b' } } }),
      'rewrite may only contain one of URI or UriRegexRewrite',
    ),
    refused(
      'half an expression',
      route({ rewrite: { uriRegexRewrite: { match: 'a' } } }),
      'UriRegexRewrite has errors\nUriRegexRewrite requires both Rewrite and Match fields to be specified',
    ),
    accepted('statuses as conditions', route({ retries: { attempts: 2, retryOn: 'gateway-error,503,reset' } })),
    accepted('no retries', route({ retries: { attempts: 0 } })),
  ),
  virtualService(
    'Cross-origin policies name origins, methods and headers, and an age in whole seconds.',
    refused(
      'no origin',
      route({ corsPolicy: { allowOrigins: [{ exact: '' }] } }),
      "'' is not a valid match type for CORS allow origins",
    ),
    refused('a method', route({ corsPolicy: { allowMethods: ['get'] } }), '"get" is not a supported HTTP method'),
    refused(
      'headers',
      route({ corsPolicy: { allowHeaders: ['a b'], exposeHeaders: [''] } }),
      all('header name a b is not a valid header name', 'header name cannot be empty'),
    ),
    refused(
      'an age',
      route({ corsPolicy: { maxAge: '1.5s' } }),
      all('max_age duration is accurate only to seconds precision'),
    ),
    accepted(
      'all of it',
      route({
        corsPolicy: { allowOrigins: [{ regex: '.*' }], allowMethods: ['*'], allowHeaders: ['*'], maxAge: '24h' },
      }),
    ),
  ),
  virtualService(
    'Times of an HTTP route are at least a millisecond, in whole ones.',
    refused(
      'a finer delay',
      route({ fault: { delay: { fixedDelay: '1500us' } } }),
      'only durations to ms precision are supported',
    ),
    accepted('a minute and a half', route({ timeout: '1m30s', retries: { attempts: 1, perTryTimeout: '1ms' } })),
  ),
  virtualService(
    'Rules that can never be reached are warned of.',
    accepted(
      'twice the same',
      routes({ name: 'one', match: [{ uri: { exact: '/a' } }] }, { match: [{ name: 'again', uri: { exact: '/a' } }] }),
      'virtualService rule #1 match "again" is not used (duplicate/overlapping match in rule "one")',
      'virtualService rule #1 not used (all matches used by prior rules)',
    ),
    accepted(
      'two for everything',
      routes({}, { name: 'last' }),
      'virtualService rule "last" not used (only the last rule can have no matches)',
    ),
    accepted(
      'after everything',
      routes({}, { match: [{ uri: { prefix: '/a' } }] }),
      'virtualService rule #1 not used (route without matches defined before)',
    ),
    accepted(
      'a longer prefix',
      routes({ match: [{ uri: { prefix: '/a' } }] }, { match: [{ uri: { prefix: '/a/b' } }] }),
      'virtualService rule #1 match #0 of prefix /a/b is not used (duplicate/overlapping match in rule #0 of prefix /a on #0)',
    ),
    accepted(
      'a longer prefix by another header',
      routes(
        { match: [{ uri: { prefix: '/a' }, headers: { v: { exact: '1' } } }] },
        { match: [{ uri: { prefix: '/a/b' }, headers: { v: { exact: '2' } } }] },
      ),
    ),
    accepted(
      'a longer prefix of another port',
      routes({ match: [{ uri: { prefix: '/a' }, port: 80 }] }, { match: [{ uri: { prefix: '/a/b' } }] }),
    ),
    accepted(
      'TCP twice',
      {
        hosts: ['shop.example.com'],
        tcp: [
          { match: [{ port: 1 }], route: [to('a')] },
          { match: [{ port: 1 }], route: [to('b')] },
        ],
      },
      'virtualService rule #1 match #0 is not used (duplicate/overlapping match in rule #0)',
      'virtualService rule #1 not used (all matches used by prior rules)',
    ),
  ),
]
