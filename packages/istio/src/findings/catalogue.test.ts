import { expect, test } from 'vitest'
import { catalogue, codes, docsOf } from './catalogue.ts'

test('every code is told once, with whose objects it is about and its ways out', () => {
  const all = catalogue()
  expect(all.map(({ code }) => code)).toEqual([...codes.keys()].toSorted())
  expect(all.find(({ code }) => code === 'virtualservice.host-not-found')).toMatchObject({
    severity: 'error',
    istio: 'accepts',
    aliases: ['IST0101', 'KIA1101'],
    kinds: ['VirtualService'],
    fixes: ['full-name', 'service-entry'],
    docs: 'https://istio.io/latest/docs/reference/config/analysis/ist0101/',
  })
})

test('the page of a code is its own, else that of the first code of istioctl', () => {
  const analysis = 'https://istio.io/latest/docs/reference/config/analysis'
  expect(docsOf({ docs: 'ops/a/', aliases: ['IST0101'] })).toBe('https://istio.io/latest/docs/ops/a/')
  expect(docsOf({ aliases: ['KIA1101', 'IST0106', 'IST0101'] })).toBe(`${analysis}/ist0106/`)
  expect(docsOf({ aliases: ['KIA1101'] })).toBeUndefined()
  expect(docsOf({})).toBeUndefined()
})
