import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { object } from '../../samples.ts'
import { byAge, covers } from '../../world/hosts.ts'
import { findingsOf } from '../fixes/cases.ts'
import { type MeshHost, meshHostsOf } from './mesh-hosts.ts'

const slugs = ['hosts-conflict', 'hosts-overlap']

/** What is said of each rule, by looking at every other one. */
function oneByOne(rules: readonly KubernetesObject[]): string[] {
  const claims = rules.flatMap(meshHostsOf)
  return rules.flatMap((rule) => {
    const rivals = meshHostsOf(rule).flatMap((claim) =>
      claims.filter((each) => each.object !== rule && meets(claim, each)),
    )
    const same = rivals.filter((each) => meshHostsOf(rule).some(({ host }) => host === each.host))
    const [code, others] = same.length > 0 ? ['hosts-conflict', same] : ['hosts-overlap', rivals]
    const by = [...new Set(others.map((each) => each.object))].toSorted(byAge)
    const [first] = by
    if (first === undefined) return []
    const isOldest = code === 'hosts-conflict' && byAge(rule, first) < 0
    const severity = code === 'hosts-overlap' ? 'info' : isOldest ? 'warning' : 'error'
    const hosts = [...new Set(others.map(({ host }) => host))].toSorted().join(', ')
    return [lineOf([severity, code, rule.metadata.name, first.metadata.name, by.length, hosts, names(by.slice(0, 20))])]
  })
}

/** Of one scope the same host; of all and of one namespace, hosts of which one covers the other. */
function meets(one: MeshHost, other: MeshHost): boolean {
  if (one.scope === other.scope) return one.host === other.host
  return [one.scope, other.scope].includes('*') && (covers(one.host, other.host) || covers(other.host, one.host))
}

function asJudged(objects: readonly KubernetesObject[]): string[] {
  return findingsOf({ objects })
    .filter(({ code }) => slugs.some((each) => code === `virtualservice.${each}`))
    .map(({ code, severity, ref, params, evidence }) => {
      const hosts = String(params.hosts).split(', ').toSorted().join(', ')
      const other = String(params.other).split('/')[1]
      return lineOf([
        severity,
        code.split('.')[1],
        ref.name,
        other,
        params.count,
        hosts,
        evidence.map(({ name }) => name).join(' '),
      ])
    })
}

const names = (all: readonly KubernetesObject[]) => all.map(({ metadata }) => metadata.name).join(' ')
const lineOf = (words: readonly unknown[]) => words.join(' | ')

const rule = fc.record({
  hosts: fc.uniqueArray(fc.constantFrom('a.x', 'b.x', '*.x', 'c.b.x', '*.b.x', '*'), { minLength: 1, maxLength: 2 }),
  exportTo: fc.constantFrom<string[]>([], [], [], ['*'], ['.'], ['far'], ['.', 'far']),
  namespace: fc.constantFrom('shop', 'far'),
  day: fc.integer({ min: 1, max: 9 }),
})
const made = (of: readonly (typeof rule extends fc.Arbitrary<infer Value> ? Value : never)[]) =>
  of.map(({ hosts, exportTo, namespace, day }, index) =>
    object('VirtualService', `v${index}`, {
      namespace,
      created: `2026-01-0${day}T00:00:00Z`,
      spec: { hosts, exportTo, tcp: [{ route: [{ destination: { host: 'a' } }] }] },
    }),
  )

describe('rules for one host', () => {
  it('are found as by looking at each pair, be they few or many', () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 26 }).map(made), (rules) => {
        expect(asJudged(rules).toSorted()).toEqual(oneByOne(rules).toSorted())
      }),
      { numRuns: 60, seed: 5 },
    )
  })
  it('are named as evidence as far as somebody would read them', () => {
    const many = made(Array.from({ length: 60 }, () => ({ hosts: ['a.x'], exportTo: [], namespace: 'shop', day: 1 })))
    const found = findingsOf({ objects: many }).filter(({ code }) => code === 'virtualservice.hosts-conflict')
    expect(found.map(({ params }) => params.count)).toEqual(many.map(() => 59))
    expect(new Set(found.map(({ evidence }) => evidence.length))).toEqual(new Set([20]))
  })
})
