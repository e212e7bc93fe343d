import { expect, test } from 'vitest'
import type { Json, JsonRecord } from '@orbweaver/contracts/json'
import { object } from '../../samples.ts'
import { kinds } from '../../world/kinds.ts'
import { clusterView } from '../../world/view.ts'
import { createEngine } from '../engine.ts'
import { patched } from '../fixes/apply.ts'
import { withSoundWays } from '../fixes/sound.ts'
import { meshParts } from '../world.ts'
import { schemaJudges } from './judges.ts'
import { route } from './samples.ts'
import { valueAt } from './spots.ts'

type Given = { slug: string; kind: string; spec: JsonRecord }

/** Each way out of what is found first, with what it tells, and what then stands at a place. */
function outcomes({ slug, kind, spec }: Given, place: string): [way: string, left: Json | undefined][] {
  const rule = object(kind, 'rule', { namespace: 'shop', spec })
  const engine = createEngine(meshParts({ config: clusterView('hub', [rule], Object.values(kinds)) }), schemaJudges)
  const [first] = engine.findings().filter(({ code }) => code.endsWith(`.${slug}`))
  expect(first).toBeDefined()
  const fixes = first === undefined ? [] : withSoundWays(engine, first).fixes
  return fixes.map(({ code, params, patches }) => [
    [code, ...Object.values(params)].join(' '),
    valueAt(patched(rule, patches[0]?.operations ?? []), place),
  ])
}

const http = { number: 80, name: 'http', protocol: 'HTTP' }
const tcp = { number: 80, name: 'tcp', protocol: 'TCP' }
const entry = (of: JsonRecord): JsonRecord => ({ hosts: ['a.example'], ports: [http], ...of })
const server = (of: JsonRecord): JsonRecord => ({ servers: [{ hosts: ['a.example'], port: http, ...of }] })
const virtual = (...rules: Json[]): JsonRecord => ({ hosts: ['reviews'], http: rules })
const weighted = (...weights: number[]): JsonRecord =>
  virtual({ route: weights.map((weight) => ({ destination: { host: 'reviews' }, weight })) })
const prefixed = (prefix: string, more: JsonRecord = {}): JsonRecord => ({
  ...route,
  match: [{ uri: { prefix } }],
  ...more,
})
const [wide, narrow] = [prefixed('/a'), prefixed('/a/b')]

type Case = [slug: string, spec: JsonRecord, ...left: [way: string, left: Json | undefined][]]

test.each<Case>([
  ['hosts-overlap', { hosts: ['x.b', 'a.b', 'a.b'], http: [route] }, ['remove-host a.b', ['x.b', 'a.b']]],
  ['hosts-overlap', { hosts: ['*.b.c', 'a.b.c'], http: [route] }, ['remove-host a.b.c', ['*.b.c']]],
  ['hosts-overlap', { hosts: ['a.b.c', '*.b.c'], http: [route] }, ['remove-host a.b.c', ['*.b.c']]],
  ['hosts-overlap', { hosts: ['x.c', 'web.b.c', '*.b.c'], http: [route] }, ['remove-host web.b.c', ['x.c', '*.b.c']]],
  ['hosts-overlap', { hosts: ['*.c', '*.b.c'], http: [route] }, ['remove-host *.b.c', ['*.c']]],
])('of hosts that overlap one goes, %s: %j', (...[slug, spec, ...left]) => {
  expect(outcomes({ slug, kind: 'VirtualService', spec }, '/spec/hosts')).toEqual(left)
})

test.each<Case>([
  ['weight-negative', weighted(-1, 1), ['weight-zero', weighted(0, 1)['http']]],
  ['weight-negative', weighted(-1, -1)],
  ['weight-negative', weighted(-1, 0)],
  ['weights-zero', weighted(0, 0), ['share-equally', weighted(50, 50)['http']]],
  ['weights-zero', weighted(0, 0, 0), ['share-equally', weighted(34, 33, 33)['http']]],
  [
    'match-ineffective',
    virtual(wide, narrow),
    ['rule-before #0 of prefix /a on #0', [narrow, wide]],
    ['remove-rule', [wide]],
  ],
  [
    'match-ineffective',
    virtual(prefixed('/x'), prefixed('/a', { name: 'wide' }), narrow),
    ['rule-before #0 of prefix /a on "wide"', [prefixed('/x'), narrow, prefixed('/a', { name: 'wide' })]],
    ['remove-rule', [prefixed('/x'), prefixed('/a', { name: 'wide' })]],
  ],
  [
    'match-ineffective',
    virtual(wide, { ...route, match: [{ uri: { prefix: '/b' } }, { uri: { prefix: '/a/b' } }] }),
    ['remove-match', [wide, prefixed('/b')]],
  ],
  ['match-ineffective', virtual(wide, wide), ['remove-rule', [wide]]],
  [
    'duration-invalid',
    virtual({ ...route, timeout: '5d' }, { ...route, timeout: '6d' }),
    [
      'use-duration 120h',
      [
        { ...route, timeout: '120h' },
        { ...route, timeout: '6d' },
      ],
    ],
  ],
  ['duration-invalid', virtual({ ...route, timeout: '1000000000000000000000d' })],
])('rules of a VirtualService, %s: %j', (...[slug, spec, ...left]) => {
  expect(outcomes({ slug, kind: 'VirtualService', spec }, '/spec/http')).toEqual(left)
})

const twice = { resolution: 'STATIC', ports: [http, { ...http, name: 'b' }] }

test.each<Case>([
  ['port-twice', entry({ ...twice, endpoints: [{ address: '10.0.0.1' }] }), ['remove-port', [http]]],
  ['port-twice', entry({ ...twice, endpoints: [{ address: '10.0.0.1', ports: { b: 8080 } }] })],
])('ports of a ServiceEntry, %s: %j', (...[slug, spec, ...left]) => {
  expect(outcomes({ slug, kind: 'ServiceEntry', spec }, '/spec/ports')).toEqual(left)
})

test.each([
  ['STATIC', ['10.0.0.1', '2001:db8::1']],
  ['DNS', ['b.example']],
  ['DNS', ['10.0.0.1', 'b.example']],
])('endpoints are resolved by %s: %j', (resolution, addresses) => {
  const spec = entry({ endpoints: addresses.map((address) => ({ address })) })
  expect(outcomes({ slug: 'entry-endpoints-unused', kind: 'ServiceEntry', spec }, '/spec/resolution')).toEqual([
    [`resolve-static ${resolution}`, resolution],
  ])
})

const secure = (cipherSuites: string[]): JsonRecord =>
  server({
    port: { number: 443, name: 'https', protocol: 'HTTPS' },
    tls: { mode: 'SIMPLE', credentialName: 'a', cipherSuites },
  })

test.each<Case>([
  [
    'server-tls-unused',
    server({ tls: { mode: 'SIMPLE', credentialName: 'a', httpsRedirect: true } }),
    ['plain', { httpsRedirect: true }],
  ],
  ['server-tls-unused', server({ tls: { mode: 'SIMPLE' } }), ['plain', undefined]],
  ['server-tls-unused', server({ port: tcp, tls: { mode: 'PASSTHROUGH' } }), ['plain', undefined]],
  [
    'ciphers-unknown',
    secure(['AES128-SHA', 'X']),
    ['remove-ciphers', { mode: 'SIMPLE', credentialName: 'a', cipherSuites: ['AES128-SHA'] }],
  ],
  ['ciphers-unknown', secure(['X']), ['remove-ciphers', { mode: 'SIMPLE', credentialName: 'a' }]],
])('TLS of a Gateway, %s: %j', (...[slug, spec, ...left]) => {
  expect(outcomes({ slug, kind: 'Gateway', spec }, '/spec/servers/0/tls')).toEqual(left)
})

test('settings of tracing are put together', () => {
  const spec = { tracing: [{ providers: [{ name: 'a' }] }, { randomSamplingPercentage: 5 }] }
  expect(outcomes({ slug: 'tracing-several', kind: 'Telemetry', spec }, '/spec/tracing')).toEqual([
    ['merge', [{ providers: [{ name: 'a' }], randomSamplingPercentage: 5 }]],
  ])
})
