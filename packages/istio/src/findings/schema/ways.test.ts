import { expect, it, test } from 'vitest'
import type { Json, JsonRecord } from '@orbweaver/contracts/json'
import type { Finding } from '@orbweaver/contracts/plan'
import { object } from '../../samples.ts'
import { kinds } from '../../world/kinds.ts'
import { clusterView } from '../../world/view.ts'
import { catalogue } from '../catalogue.ts'
import { createEngine } from '../engine.ts'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { patched } from '../fixes/apply.ts'
import { withSoundWays } from '../fixes/sound.ts'
import { meshParts } from '../world.ts'
import { validationCodes } from './codes.ts'
import { schemaJudges } from './judges.ts'
import { type Case, refused, route, shadowed, warned } from './samples.ts'

function find(rule: KubernetesObject): readonly Finding[] {
  const engine = createEngine(meshParts({ config: clusterView('hub', [rule], Object.values(kinds)) }), schemaJudges)
  return engine.findings().map((each) => withSoundWays(engine, each))
}

type Meta = { annotations?: Record<string, string>; labels?: Record<string, string>; extra?: JsonRecord }
const rule = (kind: string, spec: JsonRecord, { extra = {}, ...meta }: Meta = {}): KubernetesObject => ({
  ...object(kind, 'rule', { namespace: 'shop', spec, ...meta }),
  ...extra,
})

const http = { number: 80, name: 'http', protocol: 'HTTP' }
const https = { number: 443, name: 'https', protocol: 'HTTPS' }
const virtual = (...rules: Json[]): JsonRecord => ({ hosts: ['reviews'], http: rules })
const timed = (timeout: Json): JsonRecord => virtual({ ...route, timeout })
const policy = (trafficPolicy: JsonRecord): JsonRecord => ({ host: 'reviews', trafficPolicy })
const matching = (match: JsonRecord): JsonRecord => virtual({ ...route, match: [match] }, route)
const server = (of: JsonRecord): JsonRecord => ({ servers: [{ hosts: ['a.example'], port: http, ...of }] })
const secure = (tls: JsonRecord): JsonRecord => server({ port: https, tls })
const entry = (of: JsonRecord): JsonRecord => ({ hosts: ['a.example'], ports: [http], ...of })

type Evident = [slug: string, ways: string[], kind: string, spec: JsonRecord, meta?: Meta]

/** What is evident, with what becomes of it. */
const evident: readonly Evident[] = [
  [
    'actions-exclusive',
    ['keep redirect', 'keep route'],
    'VirtualService',
    virtual({ ...route, redirect: { uri: '/a' } }),
  ],
  ['mesh-wildcard', ['gateways-only'], 'VirtualService', { hosts: ['*'], gateways: ['mesh', 'shop/g'], http: [route] }],
  ['fault-empty', ['remove-fault'], 'VirtualService', virtual({ ...route, fault: {} })],
  [
    'sni-foreign',
    ['add-host a.c'],
    'VirtualService',
    { hosts: ['a.b'], tls: [{ match: [{ sniHosts: ['a.c'] }], ...route }] },
  ],
  ['prefix-empty', ['presence'], 'VirtualService', matching({ headers: { a: { prefix: '' } } })],
  ['prefix-empty', ['any'], 'VirtualService', matching({ authority: { prefix: '' }, uri: { prefix: '/a' } })],
  ['regex-invalid', ['as-regex .*\\.html'], 'VirtualService', matching({ uri: { regex: '*.html' } })],
  ['regex-invalid', ['as-regex .*'], 'VirtualService', matching({ headers: { a: { regex: '*' } } })],
  ['header-name-invalid', ['use-name x-user'], 'VirtualService', matching({ headers: { 'x-user:': { exact: 'a' } } })],
  [
    'header-name-invalid',
    ['use-name x-user'],
    'VirtualService',
    virtual({ ...route, corsPolicy: { allowHeaders: [' x-user'] } }),
  ],
  ['duration-invalid', ['seconds 5s', 'milliseconds 5ms'], 'VirtualService', timed('5')],
  ['duration-invalid', ['use-duration 120h'], 'VirtualService', timed('5d')],
  ['duration-invalid', ['use-duration 1m30s'], 'VirtualService', timed('PT1M30S')],
  ['duration-invalid', ['use-duration 1m30s'], 'VirtualService', timed('1 min, 30 seconds')],
  ['duration-short', ['no-limit'], 'VirtualService', timed('0s')],
  ['duration-short', ['round-up 1ms'], 'VirtualService', timed('10us')],
  [
    'port-name-invalid',
    ['name-port'],
    'ServiceEntry',
    entry({
      resolution: 'STATIC',
      ports: [{ ...http, name: 'a.b' }],
      endpoints: [{ address: '10.0.0.1', ports: { 'a.b': 8080 } }],
    }),
  ],
  ['port-twice', ['remove-port'], 'ServiceEntry', entry({ ports: [http, { ...http, name: 'b' }] })],
  ['domain-invalid', ['host-alone a.example'], 'DestinationRule', { host: 'https://a.example/path' }],
  ['wildcard-partial', ['dot *.a.example'], 'Gateway', server({ hosts: ['*a.example'] })],
  ['address-invalid', ['host-alone 10.0.0.1'], 'ServiceEntry', entry({ addresses: [' 10.0.0.1:80'] })],
  ['address-invalid', ['host-alone ::1'], 'ServiceEntry', entry({ addresses: ['[::1]'] })],
  ['endpoint-address-invalid', ['host-alone a.example'], 'WorkloadEntry', { address: 'https://a.example' }],
  [
    'endpoint-address-invalid',
    ['resolve-dns'],
    'ServiceEntry',
    entry({ resolution: 'STATIC', endpoints: [{ address: 'a.b' }] }),
  ],
  ['label-value-invalid', ['use-value v1'], 'WorkloadEntry', { address: '10.0.0.1', labels: { version: '"v1"' } }],
  ['label-key-invalid', ['use-name app'], 'WorkloadEntry', { address: '10.0.0.1', labels: { ' app': 'a' } }],
  ['subset-name-invalid', ['use-name v-1'], 'DestinationRule', { host: 'a', subsets: [{ name: 'v.1' }] }],
  ['policy-empty', ['remove-empty'], 'DestinationRule', policy({ portLevelSettings: [{ port: { number: 80 } }] })],
  ['percentage-range', ['use-value 100'], 'DestinationRule', policy({ outlierDetection: { maxEjectionPercent: 101 } })],
  ['client-certificate-missing', ['istio-mutual'], 'DestinationRule', policy({ tls: { mode: 'MUTUAL' } })],
  [
    'server-tls-unused',
    ['speak-tls HTTPS', 'plain'],
    'Gateway',
    server({ tls: { mode: 'SIMPLE', credentialName: 'a' } }),
  ],
  ['server-tls-unused', ['plain'], 'Gateway', server({ tls: { mode: 'SIMPLE', httpsRedirect: true } })],
  [
    'entry-unresolvable',
    ['resolve-each', 'resolve-none'],
    'ServiceEntry',
    { ...entry({ resolution: 'DNS' }), hosts: ['*.example'] },
  ],
  [
    'port-levels-unselected',
    ['same-everywhere'],
    'PeerAuthentication',
    { mtls: { mode: 'STRICT' }, portLevelMtls: { 80: { mode: 'STRICT' } } },
  ],
  [
    'failover-unnoticed',
    ['detect'],
    'DestinationRule',
    policy({ loadBalancer: { localityLbSetting: { failover: [{ from: 'a', to: 'b' }] } } }),
  ],
  ['selector-empty', ['remove-selector'], 'PeerAuthentication', { selector: {} }],
  ['certificates-unused', ['terminate', 'remove-certificates'], 'Gateway', secure({ credentialName: 'a' })],
  ['certificates-unused', ['remove-certificates'], 'Gateway', secure({ mode: 'PASSTHROUGH', credentialName: 'a' })],
  [
    'redirect-unused',
    ['remove-redirect'],
    'Gateway',
    secure({ mode: 'SIMPLE', credentialName: 'a', httpsRedirect: true }),
  ],
  [
    'ciphers-unknown',
    ['use-names ECDHE-RSA-AES128-GCM-SHA256 AES128-SHA', 'remove-ciphers'],
    'Gateway',
    secure({
      mode: 'SIMPLE',
      credentialName: 'a',
      cipherSuites: ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'AES128-SHA'],
    }),
  ],
  [
    'ciphers-unknown',
    ['remove-ciphers'],
    'Gateway',
    secure({ mode: 'SIMPLE', credentialName: 'a', cipherSuites: ['X'] }),
  ],
  ['addresses-missing', ['resolve-dns'], 'ServiceEntry', entry({ ports: [{ ...http, protocol: 'TCP' }] })],
  [
    'addresses-missing',
    ['allocate'],
    'ServiceEntry',
    entry({ resolution: 'DNS', ports: [{ ...http, protocol: 'TCP' }] }),
    { labels: { 'networking.istio.io/enable-autoallocate-ip': 'false' } },
  ],
  ['tracing-several', ['keep-first'], 'Telemetry', { tracing: [{ providers: [{ name: 'a' }, { name: 'b' }] }] }],
  [
    'tracing-several',
    ['merge'],
    'Telemetry',
    { tracing: [{ providers: [{ name: 'a' }] }, { randomSamplingPercentage: 5 }] },
  ],
  [
    'dry-run-unsupported',
    ['remove-annotation true'],
    'VirtualService',
    virtual(route),
    { annotations: { 'istio.io/dry-run': 'true' } },
  ],
  [
    'annotation-internal',
    ['remove-annotation a'],
    'VirtualService',
    virtual(route),
    { annotations: { 'internal.istio.io/parents': 'a' } },
  ],
  ['rules-missing', ['match-everything'], 'AuthorizationPolicy', { action: 'CUSTOM', provider: { name: 'a' } }],
  ['key-unknown', ['rename-key'], 'VirtualService', {}, { extra: { spec: undefined, sepc: virtual(route) } }],
  ['key-unknown', ['remove-key'], 'VirtualService', virtual(route), { extra: { other: 1 } }],
  [
    'rule-unreachable',
    ['remove-rule'],
    'VirtualService',
    virtual(
      route,
      { ...route, match: [{ uri: { prefix: '/a' } }] },
      { ...route, match: [{ uri: { prefix: '/a/b' } }] },
    ),
  ],
  [
    'match-ineffective',
    ['rule-before', 'remove-rule'],
    'VirtualService',
    virtual({ ...route, match: [{ uri: { prefix: '/a' } }] }, { ...route, match: [{ uri: { prefix: '/a/b' } }] }),
  ],
  [
    'match-ineffective',
    ['remove-match'],
    'VirtualService',
    virtual(
      { ...route, match: [{ uri: { prefix: '/a' } }] },
      { ...route, match: [{ uri: { prefix: '/b' } }, { uri: { prefix: '/a/b' } }] },
    ),
  ],
]

const slugOf = ({ code }: Finding): string => code.slice(code.indexOf('.') + 1)
const wayOf = ({ code, params }: Finding['fixes'][number]): string =>
  [code, params['kept'] ?? params['value'] ?? ''].join(' ').trim()

test.each(evident)('%s: %s is a way out of a %s: %j', (...[slug, ways, kind, spec, meta]) => {
  const found = find(rule(kind, spec, meta)).filter((each) => slugOf(each) === slug)
  expect(found[0]?.fixes.map(wayOf)).toEqual(ways)
})

const others = [...refused, ...warned, ...shadowed].map(([slug, kind, spec]: Case): Evident => [slug, [], kind, spec])
const repaired = [...evident, ...others].flatMap(([slug, , kind, spec, meta]) =>
  find(rule(kind, spec, meta))
    .filter((each) => slugOf(each) === slug)
    .flatMap((finding) =>
      finding.fixes.map((fix) => ({ slug, way: fix.code, fix, finding, given: rule(kind, spec, meta) })),
    ),
)

it.each(repaired)('$slug: $way leaves less, and brings nothing', ({ fix, finding, given }) => {
  const [before, after] = [find(given), find(patched(given, fix.patches[0]?.operations ?? []))]
  const count = (all: readonly Finding[], code: string): number => all.filter((each) => each.code === code).length
  expect(count(after, finding.code)).toBeLessThan(count(before, finding.code))
  expect(after.filter(({ code }) => count(after, code) > count(before, code))).toEqual([])
})

it('has a case for every way out of what istiod says', () => {
  const tried = new Set(repaired.map(({ finding, fix }) => `${finding.code} ${fix.code}`))
  const said = catalogue().filter(({ code }) => validationCodes.some((each) => each.code === code))
  expect(
    said.flatMap(({ code, fixes }) => fixes.map((fix) => `${code} ${fix}`)).filter((each) => !tried.has(each)),
  ).toEqual([])
})

/** What only its author can know, or what would come of it is worse. */
test.each<[slug: string, kind: string, spec: JsonRecord]>([
  ['domain-invalid', 'DestinationRule', { host: 'a_b.c' }],
  ['domain-numeric', 'DestinationRule', { host: 'a.1' }],
  ['duration-invalid', 'VirtualService', timed('soon')],
  ['duration-invalid', 'VirtualService', timed('5 moons')],
  ['regex-invalid', 'VirtualService', matching({ uri: { regex: '(a' } })],
  ['rules-missing', 'AuthorizationPolicy', { action: 'DENY' }],
  [
    'weight-negative',
    'VirtualService',
    virtual({
      route: [
        { destination: { host: 'a' }, weight: -1 },
        { destination: { host: 'b' } },
        { destination: { host: 'c' }, weight: 1 },
      ],
    }),
  ],
  ['address-invalid', 'ServiceEntry', entry({ addresses: ['10.0.0'] })],
  ['label-value-invalid', 'WorkloadEntry', { address: '::1', labels: { a: '!' } }],
  ['wildcard-partial', 'Gateway', server({ hosts: ['*-a.example'] })],
  ['mesh-wildcard', 'VirtualService', { hosts: ['*'], http: [route] }],
  ['client-certificate-missing', 'DestinationRule', policy({ tls: { mode: 'MUTUAL', privateKey: '/k' } })],
  ['client-certificate-missing', 'DestinationRule', { ...policy({ tls: { mode: 'MUTUAL' } }), host: 'a.example' }],
  ['port-twice', 'ServiceEntry', entry({ ports: [http, { ...http, name: 'b', protocol: 'TCP' }] })],
  ['port-levels-unselected', 'PeerAuthentication', { portLevelMtls: { 80: { mode: 'DISABLE' } } }],
  ['selector-empty', 'ServiceEntry', entry({ resolution: 'STATIC', workloadSelector: {} })],
  ['tracing-several', 'Telemetry', { tracing: [{ match: { mode: 'CLIENT' } }, {}] }],
])('%s: a %s is for its author to mend: %j', (...[slug, kind, spec]) => {
  const found = find(rule(kind, spec)).filter((each) => slugOf(each) === slug)
  expect(found).not.toEqual([])
  expect(found.flatMap((each) => each.fixes)).toEqual([])
})

it('says which match is behind which', () => {
  const spec = virtual(
    { ...route, match: [{ uri: { prefix: '/a' } }] },
    { ...route, match: [{ uri: { prefix: '/a/b' } }] },
  )
  expect(find(rule('VirtualService', spec))).toMatchObject([
    { params: { rule: '#1', match: '#0 of prefix /a/b', by: '#0 of prefix /a on #0' } },
  ])
})
