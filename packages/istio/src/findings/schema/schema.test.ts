import { describe, expect, it, test } from 'vitest'
import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { object } from '../../samples.ts'
import { kinds } from '../../world/kinds.ts'
import { clusterView } from '../../world/view.ts'
import { createEngine } from '../engine.ts'
import { patched } from '../fixes/apply.ts'
import { meshParts } from '../world.ts'
import { validationCodes } from './codes.ts'
import { schemaJudges } from './judges.ts'
import { fine, refused, route, shadowed, warned } from './samples.ts'

function find(rule: KubernetesObject): readonly Finding[] {
  return createEngine(meshParts({ config: clusterView('hub', [rule], Object.values(kinds)) }), schemaJudges).findings()
}
const rule = (kind: string, spec: JsonRecord): KubernetesObject => object(kind, 'rule', { namespace: 'shop', spec })
const told = (each: Finding): string => `${each.severity} ${each.code} ${each.pointer} ${each.aliases.join()}`

test.each(fine)('istiod has nothing against a %s: %j', (kind, spec) => {
  expect(find(rule(kind, spec))).toEqual([])
})

test.each(refused)('%s: a %s is rejected', (...[slug, kind, spec, pointer]) => {
  expect(find(rule(kind, spec)).map(told)).toContain(`rejected schema.${slug} ${pointer} IST0106`)
})

test.each(warned)('%s: a %s is warned of', (...[slug, kind, spec, pointer]) => {
  expect(find(rule(kind, spec)).map(told)).toContain(`warning schema.${slug} ${pointer} IST0133`)
})

test.each(shadowed)('%s: a %s hides a part of itself', (...[slug, kind, spec, pointer]) => {
  const expected = slug === 'rule-unreachable' ? `warning virtualservice.${slug} ${pointer} IST0130` : ''
  expect(find(rule(kind, spec)).map(told)).toContain(expected || `info virtualservice.${slug} ${pointer} IST0131`)
})

describe('fixes', () => {
  const cases = [...refused, ...warned, ...shadowed].flatMap(([slug, kind, spec]) =>
    find(rule(kind, spec))
      .filter(({ code }) => code.endsWith(`.${slug}`))
      .flatMap((finding) => finding.fixes.map((fix) => ({ slug, way: fix.code, fix, finding, spec, kind }))),
  )
  it('are there for what is evident', () => {
    expect(new Set(cases.map(({ way }) => way)).size).toBeGreaterThan(15)
  })
  it.each(cases)('$slug: $way', ({ fix, finding, kind, spec }) => {
    const before = find(rule(kind, spec))
    const after = find(patched(rule(kind, spec), fix.patches[0]?.operations ?? []))
    const key = (each: Finding): string => `${each.code} ${each.pointer} ${each.params['words']}`
    const were = new Set(before.map((each) => each.code))
    expect(after.map(key)).not.toContain(key(finding))
    expect(after.filter((each) => !were.has(each.code))).toEqual([])
    expect(after.length).toBeLessThan(before.length)
  })
})

describe('what is beside the spec', () => {
  const spec = { hosts: ['reviews'], http: [route] }
  const annotated = (annotations: Record<string, string>) =>
    object('VirtualService', 'rule', { namespace: 'shop', spec, annotations })
  it.each([
    ['dry-run-unsupported', 'istio.io/dry-run'],
    ['annotation-internal', 'internal.istio.io/parents'],
    ['annotation-internal', 'internal.istio.io/parent-namespace'],
  ])('%s: %s, which istioctl does not see', (slug, key) => {
    const [finding, ...rest] = find(annotated({ [key]: 'true' }))
    expect(rest).toEqual([])
    expect(finding).toMatchObject({ code: `schema.${slug}`, severity: 'rejected', aliases: [] })
    const repaired = patched(annotated({ [key]: 'true' }), finding?.fixes[0]?.patches[0]?.operations ?? [])
    expect(find(repaired)).toEqual([])
  })
  it('hides nothing that istioctl sees', () => {
    const wrong = { ...annotated({ 'istio.io/dry-run': 'true' }), spec: { hosts: ['reviews'] } }
    expect(find(wrong).map(({ aliases }) => aliases)).toEqual([[], ['IST0106']])
  })
  it.each([
    [{ sepc: spec }, { ...object('VirtualService', 'rule', { namespace: 'shop' }) }],
    [{ extra: 1 }, rule('VirtualService', spec)],
  ])('key-unknown: %j', (more, base) => {
    const given = { ...base, ...more }
    const finding = find(given).find(({ code }) => code === 'schema.key-unknown')
    expect(finding).toMatchObject({ severity: 'rejected', aliases: [], pointer: `/${Object.keys(more)[0]}` })
    expect(find(patched(given, finding?.fixes[0]?.patches[0]?.operations ?? []))).toEqual([])
  })
  it.each([
    ['soon', 'invalid duration "soon"'],
    ['5', 'missing unit in duration "5"'],
    ['5d', 'unknown unit "d" in duration "5d"'],
  ])('duration-invalid: istiod cannot decode %s, and istioctl passes over the object', (timeout, why) => {
    const wrong = rule('VirtualService', {
      hosts: ['reviews'],
      http: [
        { ...route, timeout },
        { redirect: {}, ...route },
      ],
    })
    expect(find(wrong)).toMatchObject([
      {
        code: 'schema.duration-invalid',
        severity: 'rejected',
        aliases: [],
        params: { why },
        pointer: '/spec/http/0/timeout',
      },
    ])
    const headers = rule('VirtualService', {
      hosts: ['a'],
      http: [{ ...route, match: [{ headers: { timeout: { exact: 'a' } } }] }],
    })
    expect(find(headers)).toEqual([])
  })
  it('knows who waypoints and allocation are told of by labels', () => {
    const entry = (labels: Record<string, string>) =>
      object('ServiceEntry', 'rule', {
        namespace: 'shop',
        labels,
        spec: { hosts: ['a.b'], resolution: 'DNS', ports: [{ number: 1, name: 'a', protocol: 'TCP' }] },
      })
    const off = { 'networking.istio.io/enable-autoallocate-ip': 'false' }
    expect(find(entry({}))).toEqual([])
    expect(find(entry(off))).toMatchObject([{ code: 'schema.addresses-missing', aliases: [] }])
  })
})

it('has a case for every code', () => {
  const beside = ['duration-invalid', 'dry-run-unsupported', 'annotation-internal', 'key-unknown']
  const cases = new Set([...[...refused, ...warned, ...shadowed].map(([slug]) => slug), ...beside])
  const without = validationCodes.filter(({ code }) => !cases.has(code.slice(code.indexOf('.') + 1)))
  expect(without).toEqual([])
})
