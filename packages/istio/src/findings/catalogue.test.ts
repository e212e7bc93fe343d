import type { FindingCode } from '@orbweaver/contracts/findings'
import { textAt } from '@orbweaver/contracts/json'
import { expect, test } from 'vitest'
import { catalogue, codes, docsOf } from './catalogue.ts'
import { findingText as en } from './text.en.ts'
import { findingText as zh } from './text.zh.ts'

test('every code is told once, with whose objects it is about and its ways out', () => {
  const all = catalogue()
  expect(all.map(({ code }) => code)).toEqual([...codes.keys()].toSorted())
  expect(all.find(({ code }) => code === 'virtualservice.host-not-found')).toMatchObject({
    severity: 'error',
    istio: 'accepts',
    aliases: ['IST0101', 'KIA1101'],
    kinds: ['VirtualService'],
    fixes: ['full-name', 'near-name', 'service-entry'],
    docs: 'https://istio.io/latest/docs/reference/config/analysis/ist0101/',
  })
})

test('a code goes by all that others call its cases', () => {
  expect(codes.get('destinationrule.plain-to-strict')?.aliases).toEqual(['KIA0207', 'KIA0208'])
  expect(codes.get('authorizationpolicy.namespace-not-found')?.aliases).toEqual(['IST0101', 'KIA0101'])
  expect(codes.get('ambient.target-without-waypoint')).toMatchObject({
    severity: 'error',
    aliases: ['KIA0109', 'KIA1317', 'KIA1110', 'KIA1111', 'KIA1112'],
  })
})

test('ways out of what istiod refuses are told, and of what is its author’s to mend none', () => {
  const ways = new Map(catalogue().map(({ code, fixes }) => [code, fixes]))
  expect(ways.get('schema.weight-negative')).toContain('weight-zero')
  expect(en.schema['domain-numeric']).not.toHaveProperty('fixes')
})

test('the page of a code is its own, else that of the first code of istioctl', () => {
  const analysis = 'https://istio.io/latest/docs/reference/config/analysis'
  expect(docsOf({ docs: 'ops/a/', aliases: ['IST0101'] })).toBe('https://istio.io/latest/docs/ops/a/')
  expect(docsOf({ aliases: ['KIA1101', 'IST0106', 'IST0101'] })).toBe(`${analysis}/ist0106/`)
  expect(docsOf({ aliases: ['KIA1101'] })).toBeUndefined()
  expect(docsOf({})).toBeUndefined()
})

/** Verdicts that a sentence may not give of something that becomes another thing. */
const verdicts: Readonly<Record<'en' | 'zh', Readonly<Record<FindingCode['istio'], RegExp>>>> = {
  en: {
    accepts: /Istio (ignores|rejects) (it|the object)\b|istiod refuses the object/,
    ignores: /\b(Istio|istiod) (accepts|rejects)\b|istiod refuses the object/,
    rejects: /\b(Istio|istiod) (accepts|ignores)\b/,
  },
  zh: {
    accepts: /Istio 会?(忽略|拒绝)该(对象|规则)/,
    ignores: /(Istio|istiod) 会?(接受|拒绝)/,
    rejects: /(Istio|istiod) 会?(接受|忽略)/,
  },
}

test.each([
  ['en', en],
  ['zh', zh],
] as const)('sentences say of Istio what the code says it does (%s)', (language, text) => {
  const sentences = catalogue().map(({ code, istio }) => {
    const [family = '', what = ''] = code.split('.')
    const said: unknown = text
    return { code, istio, detail: textAt(said, family, what, 'detail') ?? '' }
  })
  expect(sentences.filter(({ detail }) => detail === '')).toEqual([])
  expect(sentences.filter(({ istio, detail }) => verdicts[language][istio].test(detail))).toEqual([])
})
