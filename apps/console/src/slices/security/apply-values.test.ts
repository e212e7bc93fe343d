import { expect, test } from 'vitest'
import { initialOf, intentFor, isName, isNamespace, readLabels } from './apply-values.ts'
import { readPlace, readSecrets, secretsInput } from './search.ts'

const present = {
  ref: { cluster: 'east', group: '', version: 'v1', kind: 'Secret', namespace: 'edge', name: 'web' },
  labels: { team: 'shop', tier: '' },
  holds: { pair: true, ca: true },
  state: 'valid' as const,
  usedBy: [],
  usedHidden: false,
}
const pair = { certificate: 'cert', key: 'key' }

test('a replacement begins with what is there, without its values', () => {
  expect(initialOf(present, ['east', 'west'])).toMatchObject({
    name: 'web',
    namespace: 'edge',
    clusters: ['east'],
    certificate: '',
    key: '',
    labels: 'team=shop,tier=',
  })
})

test('a new one is for the only cluster there is; among several one chooses', () => {
  expect(initialOf(undefined, ['east']).clusters).toEqual(['east'])
  expect(initialOf(undefined, ['east', 'west']).clusters).toEqual([])
})

test('the present CA stays, goes, or is replaced', () => {
  const values = { ...initialOf(present, ['east']), ...pair }
  const asked = (more: object) => intentFor('prod', { ...values, ...more })
  expect(asked({})).toMatchObject({ pair, labels: { team: 'shop', tier: '' } })
  expect(asked({})).not.toHaveProperty('pair.ca')
  expect(asked({ dropCa: true })).toHaveProperty('pair.ca', null)
  expect(asked({ ca: 'root', dropCa: true })).toHaveProperty('pair.ca', 'root')
})

test.each([
  ['a=b, c=d', { a: 'b', c: 'd' }],
  ['app.kubernetes.io/name=web', { 'app.kubernetes.io/name': 'web' }],
  ['', {}],
  ['a', undefined],
  ['=b', undefined],
  ['a=b c', undefined],
])('labels %j are read', (text, labels) => {
  expect(readLabels(text)).toEqual(labels)
})

test('names are those that the API server takes', () => {
  expect(['web', 'web.example', 'a'].every(isName)).toBe(true)
  expect(['', 'Web', '-web', 'web.', 'a'.repeat(254)].some(isName)).toBe(false)
  expect([isNamespace('edge'), isNamespace('ed.ge'), isNamespace('a'.repeat(64))]).toEqual([true, false, false])
})

test('an address says one Secret or none, and only filters that there are', () => {
  expect(readPlace('east/edge/web')).toEqual({ cluster: 'east', namespace: 'edge', name: 'web' })
  for (const each of [undefined, '', 'east/edge', 'east//web', 'a/b/c/d']) expect(readPlace(each)).toBeUndefined()
  const search = readSecrets({ show: 'expired', namespace: 'edge', cluster: '', secret: 'bad' })
  expect(secretsInput('prod', search)).toMatchObject({ mesh: 'prod', namespace: 'edge', show: 'expired' })
  expect(readSecrets({ show: 'nonsense' })).not.toHaveProperty('show')
  expect(search).not.toHaveProperty('secret')
  expect(search).not.toHaveProperty('cluster')
})
