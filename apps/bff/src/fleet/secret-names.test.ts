import type { ObjectRef } from '@orbweaver/contracts/kubernetes'
import { expect, test } from 'vitest'
import { secretNames } from './secret-names.ts'

const ref = (namespace: string, name: string): ObjectRef => ({
  cluster: 'hub',
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  namespace,
  name,
})
const isSecret = secretNames(
  [ref('bank', 'ledger'), ref('bank', 'a.b')],
  [ref('shop', 'web'), ref('shop', 'ledger-web')],
)

test.each([
  ['ledger', true],
  ['ledger in bank', true],
  ['bank/other', true],
  ['outbound|80|v1|ledger.shop.svc.cluster.local', true],
  ['outbound_.80_._.ledger.shop', true],
  ['spiffe://cluster.local/ns/x/sa/ledger', true],
  ['["ledger"]', true],
  ['ledger-7d9f-x2x', true],
  ['bank-eu/x', true],
  ['a.b', true],
  ['aXb', false],
  ['ledger-web', false],
  ['ledger-web, ledger-api', true],
  ['sub-ledger', false],
  ['ledgers', false],
  ['riverbank', false],
  ['web in shop', false],
  ['', false],
])('%s: %s', (text, secret) => {
  expect(isSecret(text)).toBe(secret)
})

test('a name that is seen is no secret, whoever else has it', () => {
  expect(secretNames([ref('bank', 'web')], [ref('shop', 'web')])('web')).toBe(false)
})
