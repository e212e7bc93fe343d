import type { Json, JsonRecord } from '@orbweaver/contracts/json'
import type { Random } from '../random.ts'

/** Texts that conditions and requests are made of: few, so that they meet. */
export const words = {
  paths: [
    '/',
    '/v1',
    '/v1/',
    '/v1/items',
    '/v1items',
    '/api/v1',
    '/API/v1',
    '/login',
    '/a/b/c',
    '/v10',
    '/v1/../api/v1',
    '//v1',
    '/v1%2Fitems',
    '/%76%31',
    '/shop.Cart/Add',
  ],
  headers: ['x-user', 'x-env', 'cookie', 'user-agent'],
  values: ['ann', 'bob', 'annie', 'ANN', '', 'prod', 'a,b', '42'],
  methods: ['GET', 'POST', 'DELETE'],
  parameters: ['q', 'debug'],
} satisfies Record<string, [string, ...string[]]>

/** A StringMatch of Istio's. */
function stringMatch(random: Random, values: readonly [string, ...string[]]): JsonRecord {
  const value = random.pick(values)
  const kind = random.below(4)
  if (kind === 0) return { prefix: value === '' ? 'a' : value }
  if (kind === 1)
    return {
      regex: random.pick([value === '' ? 'a.*' : `${value}.*`, '[a-z]+', '.+', 'ann|bob', '/v[0-9]+.*', '.*v1.*']),
    }
  return { exact: value === '' ? 'ann' : value }
}

const headerMatch = (random: Random): JsonRecord => (random.chance(0.15) ? {} : stringMatch(random, words.values))

type About = { readonly gateways: readonly string[]; readonly namespaces: readonly string[] }

/** Fields of a condition, and how often each is there. */
const conditions: readonly [string, number, (random: Random, about: About) => Json][] = [
  ['uri', 0.6, uriMatch],
  ['ignoreUriCase', 0.15, () => true],
  ['headers', 0.35, (random) => entries(random, words.headers, headerMatch)],
  ['withoutHeaders', 0.2, (random) => entries(random, words.headers, headerMatch)],
  ['queryParams', 0.2, (random) => entries(random, words.parameters, (each) => stringMatch(each, words.values))],
  ['method', 0.2, (random) => stringMatch(random, words.methods)],
  ['authority', 0.1, (random) => random.pick<Json>([{ prefix: 'web' }, { exact: 'web' }, { regex: '.*shop.*' }])],
  ['scheme', 0.05, (random) => ({ exact: random.pick(['http', 'https']) })],
  ['port', 0.15, (random) => random.pick([80, 8081, 443])],
  ['sourceLabels', 0.15, (random) => random.pick([{ app: 'web' }, { version: 'v1' }, { app: 'nobody' }])],
  ['sourceNamespace', 0.1, (random, { namespaces }) => random.any(namespaces) ?? 'shop'],
  ['gateways', 0.08, (random, { gateways }) => [random.any([...gateways, 'mesh']) ?? 'mesh']],
]

/** A condition of an HTTP rule. */
export const httpMatch = (random: Random, about: About): JsonRecord =>
  Object.fromEntries(
    conditions.filter(([, often]) => random.chance(often)).map(([name, , of]) => [name, of(random, about)]),
  )

function uriMatch(random: Random): JsonRecord {
  const path = random.pick(['/', '/v1', '/v1/', '/v1/items', '/api/v1', '/login', '/a'])
  return random.pick<JsonRecord>([
    { prefix: path },
    { prefix: path },
    { exact: path },
    { regex: random.pick(['/v[0-9]+', '/v1.*', '/.*', '/(a|b)/.*', '.*items', '/[^/]+/v1']) },
  ])
}

function entries(random: Random, names: readonly [string, ...string[]], of: (random: Random) => Json): JsonRecord {
  const count = random.chance(0.25) ? 2 : 1
  return Object.fromEntries(Array.from({ length: count }, () => [random.pick(names), of(random)]))
}
