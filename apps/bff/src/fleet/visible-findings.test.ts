import type { ObjectRef } from '@orbweaver/contracts/kubernetes'
import { refKey } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { expect, test } from 'vitest'
import type { ViewerDoor } from '../kube/doors.ts'
import { visibleFindings } from './visible-findings.ts'

const ref = (namespace: string, name: string): ObjectRef => ({
  cluster: 'hub',
  group: 'networking.istio.io',
  version: 'v1',
  kind: 'DestinationRule',
  namespace,
  name,
})
const finding = (own: ObjectRef, evidence: ObjectRef[], params: Finding['params'] = {}): Finding => ({
  code: 'some.code',
  severity: 'warning',
  ref: own,
  pointer: '',
  params,
  evidence,
  aliases: [],
  fixes: [],
})

/** Somebody who sees what is in one namespace, and how often they were asked about. */
function viewerOf(namespace: string) {
  const asked: number[] = []
  const refused = () => Promise.reject(new Error('not asked here'))
  const viewer: ViewerDoor = {
    identity: { user: 'nils', groups: [] },
    list: refused,
    get: refused,
    sees: refused,
    seesNamespace: refused,
    lists: refused,
    may: refused,
    truths: () => [],
    seesWhich(refs) {
      asked.push(refs.length)
      return Promise.resolve(new Set(refs.filter((each) => each.namespace === namespace).map(refKey)))
    },
  }
  return { viewer, asked }
}

test('what concerns hidden objects is not there; of the rest, names of hidden objects are masked', async () => {
  const { viewer, asked } = viewerOf('shop')
  const [own, other] = [ref('shop', 'web'), ref('bank', 'ledger')]
  const params = { winner: 'ledger', text: 'ledger in bank', own: 'web in shop', sum: 3 }
  const plain = finding(own, [own])
  expect(await visibleFindings(viewer, [finding(other, [own]), plain, finding(own, [own, other], params)])).toEqual([
    plain,
    finding(own, [own], { winner: '⟨hidden⟩', text: '⟨hidden⟩', own: 'web in shop', sum: 3 }),
  ])
  expect(asked).toEqual([7])
})

test('a name that the object itself has is no secret', async () => {
  const { viewer } = viewerOf('shop')
  const twin = finding(ref('shop', 'web'), [ref('bank', 'web')], { winner: 'web' })
  expect(await visibleFindings(viewer, [twin])).toEqual([{ ...twin, evidence: [] }])
})

test('a way out that changes a hidden object, or names one, is not told', async () => {
  const { viewer } = viewerOf('shop')
  const [own, hidden] = [ref('shop', 'web'), ref('bank', 'ledger')]
  const way = (code: string, of: ObjectRef, value: string): Finding['fixes'][number] => ({
    code,
    params: {},
    patches: [{ ref: of, operations: [{ op: 'replace', path: '/spec/host', value }] }],
  })
  const created: Finding['fixes'][number] = {
    code: 'create',
    params: {},
    patches: [{ ref: ref('shop', 'new'), operations: [{ op: 'add', path: '', value: {} }] }],
  }
  const fixes = [way('own', own, 'web'), way('theirs', hidden, 'web'), way('names', own, 'ledger.bank'), created]
  const [found] = await visibleFindings(viewer, [{ ...finding(own, [hidden]), fixes }])
  expect(found?.fixes.map(({ code }) => code)).toEqual(['own', 'create'])
})
