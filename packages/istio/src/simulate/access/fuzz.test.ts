import type { Json } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { injection } from '../injection/explain.ts'
import { access } from './explain.ts'
import { accessMatrix } from './matrix.ts'
import { call, peers, policy, refTo, shop, tokens, worldOf } from './samples.ts'

/** Numbers that repeat themselves from one seed. */
function chance(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}

const odd: readonly Json[] = [
  null,
  true,
  0,
  -1,
  1e9,
  '',
  '*',
  '**',
  '/',
  '[',
  '\\',
  '(',
  '{*}',
  '{**}',
  '::',
  '1.2.3.4/99',
  'a/b/c/d/e',
  [],
  {},
  [null],
  [[]],
  { a: null },
  ['*', 3],
  '\u0000',
]

/** A copy with one or two values anywhere replaced. */
function broken(object: KubernetesObject, pick: (below: number) => number): KubernetesObject {
  const change = (value: Json | undefined, depth: number): Json => {
    if (pick(10) === 0 && depth > 1) return odd[pick(odd.length)] ?? null
    if (Array.isArray(value)) return value.map((each) => change(each, depth + 1))
    if (typeof value !== 'object' || value === null) return value ?? null
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, change(each, depth + 1)]))
  }
  const spec = change(object.spec ?? {}, 0)
  return { ...object, spec: pick(8) === 0 ? (odd[pick(odd.length)] ?? null) : spec }
}

const rules: readonly KubernetesObject[] = [
  policy('a', {
    selector: { matchLabels: { app: 'api' } },
    action: 'DENY',
    rules: [
      {
        from: [
          {
            source: {
              principals: ['a*'],
              namespaces: ['x'],
              ipBlocks: ['10.0.0.0/8'],
              serviceAccounts: ['a/b'],
              trustDomains: ['t*'],
            },
          },
        ],
        to: [{ operation: { paths: ['/a/{*}'], methods: ['GET'], hosts: ['*.a'], ports: ['80'] } }],
        when: [{ key: 'request.auth.claims[a][b]', values: ['x'] }],
      },
    ],
  }),
  policy('c', { action: 'CUSTOM', provider: { name: 'x' }, rules: [{}] }),
  peers('p', {
    mtls: { mode: 'STRICT' },
    selector: { matchLabels: { app: 'api' } },
    portLevelMtls: { 8080: { mode: 'DISABLE' } },
  }),
  tokens('t', { jwtRules: [{ issuer: 'a', audiences: ['b'], fromHeaders: [{ name: 'x' }] }] }),
]

describe('whatever is written', () => {
  it('is answered', () => {
    const pick = chance(7)
    const verdicts = new Set<string>()
    for (let round = 0; round < 150; round++) {
      const world = worldOf([...shop, ...rules].map((each) => (each.kind === 'Namespace' ? each : broken(each, pick))))
      const claims = { iss: 'a', sub: 'x', a: odd[pick(odd.length)] ?? null }
      const path = pick(3) === 0 ? '/a/b' : JSON.stringify(odd[pick(odd.length)])
      verdicts.add(access(world, call({ claims, path, headers: { a: JSON.stringify(odd[pick(odd.length)]) } })).verdict)
      expect(Array.isArray(accessMatrix(world))).toBe(true)
      expect(injection(world, refTo('Pod', 'api')).outcome).toBeTypeOf('string')
    }
    expect(verdicts.size).toBeGreaterThan(2)
  })
})
