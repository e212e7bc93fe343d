import { expect, it, test } from 'vitest'
import type { Json, JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { object } from '../../samples.ts'
import { clusterView } from '../../world/view.ts'
import { createEngine } from '../engine.ts'
import { patched } from '../fixes/apply.ts'
import { meshParts } from '../world.ts'
import { structureJudge } from './structure.ts'

const text = { type: 'string' }
const spec: JsonRecord = {
  type: 'object',
  required: ['host'],
  properties: {
    host: { ...text, minLength: 1, maxLength: 5 },
    mode: { ...text, enum: ['STRICT', 'DISABLE'] },
    port: { type: 'integer', minimum: 1, maximum: 9 },
    amount: { type: 'integer', minimum: 1, maximum: 9 },
    served: { type: 'object', required: ['protocol'], properties: { name: text, protocol: text } },
    target: { type: 'object', required: ['kind'], properties: { group: text, kind: text } },
    share: { type: 'number', minimum: 0, exclusiveMinimum: true, maximum: 1, exclusiveMaximum: true },
    on: { type: 'boolean', nullable: true },
    either: { 'x-kubernetes-int-or-string': true },
    list: { type: 'array', minItems: 1, maxItems: 2, items: text },
    map: { type: 'object', maxProperties: 1, additionalProperties: { type: 'integer' } },
    set: { type: 'array', items: text, 'x-kubernetes-list-type': 'set' },
    keyed: {
      type: 'array',
      items: { type: 'object', properties: { name: text, more: text } },
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
    },
    form: { ...text, pattern: '^a+$' },
    odd: { ...text, pattern: '(?i)a' },
    free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    one: { type: 'object', properties: { a: text, b: text }, oneOf: [{ required: ['a'] }, { required: ['b'] }] },
    any: { type: 'object', properties: { a: text, b: text }, anyOf: [{ required: ['a'] }, { required: ['b'] }] },
    none: { type: 'object', properties: { a: text, b: text }, not: { required: ['a'] } },
    all: { type: 'object', properties: { a: text }, allOf: [{ required: ['a'] }] },
  },
}
const ruled = (rule: string, more: JsonRecord = {}): JsonRecord => ({
  ...more,
  'x-kubernetes-validations': [{ rule }, { rule: 'self.unknown()' }],
})
const one = (...fields: string[]) => `${fields.map((field) => `(has(self.${field}) ? 1 : 0)`).join(' + ')} <= 1`
const rules: Record<string, JsonRecord> = {
  time: ruled("duration(self) >= duration('1ms')", text),
  port: ruled('0 < self && self <= 65535', { type: 'integer' }),
  empty: ruled('self.size() == 0', { type: 'array' }),
  named: ruled('self.all(key, key.size() != 0)'),
  ports: ruled('self.all(key, 0 < int(key) && int(key) <= 65535)'),
  unique: ruled('self.all(l1, self.exists_one(l2, l1.number == l2.number))', { type: 'array' }),
  placed: ruled('has(self.address) || has(self.network)'),
  kind: ruled('has(self.wasm) != has(self.lua)'),
  levels: ruled(
    'has(self.portLevelMtls) ? (((has(self.selector) && has(self.selector.matchLabels)) ? self.selector.matchLabels : {}).size() > 0) : true',
  ),
  single: ruled(one('a', 'b', 'c')),
}
const says = (message: string, rule: string): JsonRecord => ({ 'x-kubernetes-validations': [{ rule, message }] })
const worded: Record<string, JsonRecord> = {
  time: { ...text, ...says('must be a valid duration greater than 1ms', "duration(self) >= duration('1ms')") },
  keys: says('only one of jwks or jwksUri can be set', one('jwks', 'jwksUri')),
  tag: says(
    'value must not be set when operation is REMOVE',
    '((has(self.operation) ? self.operation : "") == "REMOVE") ? !has(self.value) : true',
  ),
  namespace: { ...text, ...says('cross namespace referencing is not currently supported', 'self.size() == 0') },
  entry: says(
    'DNS_ROUND_ROBIN mode cannot have multiple endpoints',
    '((has(self.resolution) ? self.resolution : "") == "DNS_ROUND_ROBIN") ? ((has(self.endpoints) ? self.endpoints : []).size() <= 1) : true',
  ),
}
const definition = object('CustomResourceDefinition', 'sidecars.networking.istio.io', {
  spec: {
    group: 'networking.istio.io',
    names: { kind: 'Sidecar' },
    versions: [
      { name: 'v1', schema: { openAPIV3Schema: { type: 'object', properties: { spec } } } },
      {
        name: 'v2',
        schema: {
          openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties: rules } } },
        },
      },
      {
        name: 'v3',
        schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties: worded } } } },
      },
      {
        name: 'v1beta1',
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
})

const judge = structureJudge([definition])
const sidecar = (of: Json): KubernetesObject => ({
  ...object('Sidecar', 'rule', { namespace: 'shop', labels: { 'a.b/c': 'd' } }),
  spec: of,
})
const find = (rule: KubernetesObject) =>
  createEngine(meshParts({ config: clusterView('hub', [rule], judge.kinds) }), [judge]).findings()
const told = (of: Json) => find(sidecar(of)).map(({ severity, code, pointer }) => `${severity} ${code} ${pointer}`)

test.each<[JsonRecord]>([
  [{}],
  [{ host: 'abcde', mode: 'STRICT', port: 1, share: 0.5, on: null, either: 'a', list: ['a'], map: { 'a.b': 1 } }],
  [{ form: 'aa', free: { anything: [] }, one: { a: '' }, any: { a: '', b: '' }, none: { b: '' }, all: { a: '' } }],
  [{ set: ['a', 'b'], keyed: [{ name: 'a' }, { name: 'b' }, { more: 'a' }] }],
  [{ list: ['a', 'a'] }],
  [{ either: 1, port: 9, list: ['a', 'b'], on: true, share: 1e-9, odd: 'b' }],
])('it fits: %j', (of) => {
  expect(told({ host: 'a', ...of })).toEqual([])
})

test.each<[JsonRecord, string]>([
  [{ host: 1 }, 'rejected schema.type-wrong /spec/host'],
  [{ host: null }, 'rejected schema.type-wrong /spec/host'],
  [{ host: undefined }, 'rejected schema.field-missing /spec'],
  [{ host: '' }, 'rejected schema.value-unfit /spec/host'],
  [{ host: 'abcdef' }, 'rejected schema.value-unfit /spec/host'],
  [{ mode: 'strict' }, 'rejected schema.value-unknown /spec/mode'],
  [{ port: 0 }, 'rejected schema.value-unfit /spec/port'],
  [{ port: 10 }, 'rejected schema.value-unfit /spec/port'],
  [{ port: 1.5 }, 'rejected schema.type-wrong /spec/port'],
  [{ share: 0 }, 'rejected schema.value-unfit /spec/share'],
  [{ share: 1 }, 'rejected schema.value-unfit /spec/share'],
  [{ either: [] }, 'rejected schema.type-wrong /spec/either'],
  [{ list: [] }, 'rejected schema.value-unfit /spec/list'],
  [{ list: ['a', 'b', 'c'] }, 'rejected schema.value-unfit /spec/list'],
  [{ list: ['a', 2] }, 'rejected schema.type-wrong /spec/list/1'],
  [{ map: { 'a/b': 'c' } }, 'rejected schema.type-wrong /spec/map/a~1b'],
  [{ map: { a: 1, b: 2 } }, 'rejected schema.value-unfit /spec/map'],
  [{ form: 'ab' }, 'rejected schema.value-unfit /spec/form'],
  [{ one: {} }, 'rejected schema.choice-wrong /spec/one'],
  [{ one: { a: '', b: '' } }, 'rejected schema.choice-wrong /spec/one'],
  [{ any: {} }, 'rejected schema.choice-wrong /spec/any'],
  [{ none: { a: '' } }, 'rejected schema.choice-wrong /spec/none'],
  [{ all: {} }, 'rejected schema.field-missing /spec/all'],
  [{ set: ['a', 'a'] }, 'rejected schema.item-twice /spec/set/1'],
  [{ keyed: [{ name: 'a' }, { name: 'a', more: 'b' }] }, 'rejected schema.item-twice /spec/keyed/1'],
  [{ hots: 'a' }, 'warning schema.field-unknown /spec/hots'],
])('it does not: %j', (of, expected) => {
  expect(told({ host: 'a', ...of })).toEqual([expected])
})

test.each<[JsonRecord]>([
  [{ host: 12 }],
  [{ host: 'a', mode: 'STRCT' }],
  [{ host: 'a', mode: 'disable' }],
  [{ host: 'a', port: '8' }],
  [{ host: 'a', share: '0.5' }],
  [{ host: 'a', on: 'true' }],
  [{ hsot: 'a' }],
  [{ host: 'a', prot: 8 }],
])('a way out of %j is evident', (of) => {
  const [first] = find(sidecar(of)).filter(({ fixes }) => fixes.length > 0)
  expect(find(patched(sidecar(of), first?.fixes[0]?.patches[0]?.operations ?? []))).toEqual([])
})

const waysOf = (given: KubernetesObject): string[] =>
  find(given)
    .flatMap(({ fixes }) => fixes)
    .map(({ code, params }) => [code, params['kept'] ?? params['value'] ?? ''].join(' ').trim())

it('keeps of several fields the one it names', () => {
  const given = sidecar({ host: 'a', one: { a: 'x', b: 'y' } })
  const [found] = find(given)
  expect(found?.fixes.map(({ params }) => params['gone'])).toEqual(['b', 'a'])
  expect(found?.fixes.map(({ patches }) => patched(given, patches[0]?.operations ?? []).spec)).toEqual([
    { host: 'a', one: { a: 'x' } },
    { host: 'a', one: { b: 'y' } },
  ])
})

/** Each way alone leaves one fault less. */
function expectMended(given: KubernetesObject): void {
  const before = find(given)
  const after = before
    .flatMap(({ fixes }) => fixes)
    .map((fix) => find(patched(given, fix.patches[0]?.operations ?? [])))
  expect(after.map((each) => each.length)).toEqual(after.map(() => before.length - 1))
}

test.each<[JsonRecord, string[]]>([
  [{ host: 12 }, ['use-type 12']],
  [{ host: true }, ['use-type true']],
  [{ host: { name: 'a' }, port: ' 8 ' }, ['use-type 8']],
  [{ list: 'a' }, ['use-type ["a"]']],
  [{ keyed: { name: 'a' } }, ['use-type [{"name":"a"}]']],
  [{ on: 'True' }, ['use-type true']],
  [{ mode: 'strict' }, ['use-value STRICT']],
  [{ amount: 12 }, ['use-value 9']],
  [{ amount: -1 }, ['use-value 1']],
  [{ form: ' aa' }, ['use-value aa']],
  [{ served: { name: 'https-web' } }, ['add-field HTTPS']],
  [{ target: { group: '' } }, ['add-field Service']],
  [{ set: ['a', 'a'] }, ['remove-item']],
  [
    {
      keyed: [
        { name: 'a', more: 'b' },
        { more: 'b', name: 'a' },
      ],
    },
    ['remove-item'],
  ],
  [{ one: { a: '', b: '' } }, ['keep a', 'keep b']],
  [{ hotsx: 'a', mdoe: 'STRICT' }, ['use-field mode']],
])('ways out of %j', (of, expected) => {
  const given = sidecar({ host: 'a', ...of })
  expect(waysOf(given)).toEqual(expected)
  expectMended(given)
})

test.each<[JsonRecord, string[]]>([
  [{ time: '5' }, ['seconds 5s', 'milliseconds 5ms']],
  [{ time: '5 sec' }, ['use-duration 5s']],
  [{ time: '1us' }, ['round-up 1ms']],
  [{ time: '-1s' }, []],
  [{ timeout: '0s' }, []],
  [{ keys: { jwks: 'a', jwksUri: 'b' } }, ['keep jwks', 'keep jwksUri']],
  [{ tag: { operation: 'REMOVE', value: 'a' } }, ['remove-value a']],
  [{ namespace: 'shop' }, ['remove-value shop']],
  [{ namespace: 'other' }, []],
  [{ entry: { resolution: 'DNS_ROUND_ROBIN', endpoints: [{}, {}] } }, ['resolve-dns']],
])('ways out of a broken rule: %j', (of, expected) => {
  const given = { ...sidecar(of), apiVersion: 'networking.istio.io/v3' }
  expect(waysOf(given)).toEqual(expected)
  expectMended(given)
})

test.each<[field: string, holds: Json[], breaks: Json[]]>([
  ['time', ['1ms', '1h'], ['0.5ms', 'soon', '-1s']],
  ['port', [1, 65_535], [0, 65_536]],
  ['empty', [[]], [[1]]],
  ['named', [{ a: 1 }, {}], [{ '': 1 }]],
  ['ports', [{ 80: 1 }], [{ 0: 1 }, { a: 1 }, { 65536: 1 }]],
  ['unique', [[{ number: 1 }, { number: 2 }]], [[{ number: 1 }, { number: 1 }]]],
  ['placed', [{ address: '' }, { network: '' }], [{}, { address: null }]],
  ['kind', [{ wasm: {} }, { lua: {} }], [{}, { wasm: {}, lua: {} }]],
  ['levels', [{}, { portLevelMtls: {}, selector: { matchLabels: { a: 'b' } } }], [{ portLevelMtls: {} }]],
  ['single', [{}, { a: 1 }, { c: 1 }], [{ a: 1, c: 1 }]],
])('the rule of %s', (field, holds, breaks) => {
  const of = (value: Json) => find({ ...sidecar({ [field]: value }), apiVersion: 'networking.istio.io/v2' })
  expect(holds.flatMap(of)).toEqual([])
  expect(breaks.map((value) => of(value).map(({ code, pointer }) => `${code} ${pointer}`))).toEqual(
    breaks.map(() => [`schema.rule-broken /spec/${field}`]),
  )
})

it('guesses nothing', () => {
  const wild = [
    { host: true },
    { host: [] },
    { mode: 'NOTHING_LIKE' },
    { port: 'eight' },
    { on: 'perhaps' },
    { zzz: 1 },
    { port: 12 },
    { served: { name: 'web' } },
    { target: {} },
    { keyed: [{ name: 'a' }, { name: 'a', more: 'b' }] },
    { one: {} },
  ]
  const fixes = wild.flatMap((of) => find(sidecar({ host: 'a', ...of }))).flatMap((each) => each.fixes)
  expect(fixes.map(({ code }) => code)).toEqual(['use-type'])
})

it('knows versions, and which nobody serves', () => {
  const of = (version: string) => ({ ...sidecar({ wrong: 1 }), apiVersion: `networking.istio.io/${version}` })
  expect(find(of('v1'))).toHaveLength(2)
  expect(find(of('v1beta1'))).toEqual([])
  expect(find(of('v9')).map(({ code, pointer, fixes }) => [code, pointer, fixes.length])).toEqual([
    ['schema.version-unserved', '/apiVersion', 1],
  ])
  const [found] = find({ ...sidecar({ host: 'a' }), apiVersion: 'networking.istio.io/v9' })
  expect(found?.params['versions']).toBe('v1, v2, v3, v1beta1')
  expect(found?.fixes[0]?.patches[0]?.operations).toEqual([
    { op: 'replace', path: '/apiVersion', value: 'networking.istio.io/v1' },
  ])
})

it('believes the cluster, where it serves other versions', () => {
  const versions = [{ name: 'v9' }, { name: 'v1', served: false }, { name: 'v1beta1', served: true }]
  const own = patched(definition, [{ op: 'replace', path: '/spec/versions', value: versions }])
  const codesIn = (version: string, spec: Json = {}) => {
    const rule = { ...sidecar(spec), apiVersion: `networking.istio.io/${version}` }
    const parts = meshParts({ config: clusterView('hub', [rule, own], judge.kinds) })
    return createEngine(parts, [judge])
      .findings()
      .map(({ code, fixes }) => [code, ...fixes.map(({ params }) => params['value'])])
  }
  expect(codesIn('v9')).toEqual([])
  expect(codesIn('v4')).toEqual([['schema.version-unserved', 'networking.istio.io/v1beta1']])
})
