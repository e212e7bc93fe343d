import { type ObjectRef, refKey } from '@orbweaver/contracts/kubernetes'
import { expect, test } from 'vitest'
import { asSeen, firstHidden, unreadAmong } from './as-seen.ts'

const ref = (namespace: string, name: string): ObjectRef => ({
  cluster: 'east',
  group: 'security.istio.io',
  version: 'v1',
  kind: 'AuthorizationPolicy',
  namespace,
  name,
})
const own = ref('shop', 'web')
const secret = ref('vault', 'deny-all')
const dark = { state: 'unreachable' as const, reason: 'kube.timeout' }
const viewer = { seesWhich: async () => new Set([own].map(refKey)) }

test('what is hidden keeps its kind and loses its names, wherever they are told', async () => {
  const answer = {
    verdict: 'denied',
    decidedBy: { ref: secret, pointer: '/spec/rules/0' },
    principal: 'cluster.local/ns/vault/sa/keeper',
    trail: [
      { code: 'rule-met', params: { policy: 'deny-all', namespace: 'vault', rule: 1 }, ref: secret },
      { code: 'host', params: { host: 'web.shop.svc.cluster.local', other: 'vaulted' }, ref: own },
    ],
    none: null,
  }
  const hidden = '⟨hidden⟩'
  expect(await asSeen(viewer, answer, [own])).toEqual({
    verdict: 'denied',
    decidedBy: { ref: { ...secret, namespace: hidden, name: hidden }, pointer: '/spec/rules/0' },
    principal: hidden,
    trail: [
      {
        code: 'rule-met',
        params: { policy: hidden, namespace: hidden, rule: 1 },
        ref: { ...secret, namespace: hidden, name: hidden },
      },
      { code: 'host', params: { host: 'web.shop.svc.cluster.local', other: 'vaulted' }, ref: own },
    ],
    none: null,
  })
})

test('names that are seen elsewhere, or were asked about, are no secret', async () => {
  const alike = ref('shop', 'other')
  const answer = { refs: [own, alike], text: 'shop/web and other' }
  expect(await asSeen(viewer, answer, [own])).toMatchObject({ text: '⟨hidden⟩', refs: [own, { name: '⟨hidden⟩' }] })
  expect(await asSeen(viewer, { refs: [alike], text: 'shop' }, [own])).toMatchObject({ text: 'shop' })
  const open = { refs: [own], text: 'vault' }
  expect(await asSeen(viewer, open, [])).toBe(open)
})

test('the first that is hidden is told', async () => {
  expect(await firstHidden(viewer, [own, secret, ref('vault', 'x')])).toEqual(secret)
  expect(await firstHidden(viewer, [own])).toBeUndefined()
})

test('what is not seen may be there where its cluster does not answer, whatever its name', () => {
  const truths = (clusters?: readonly string[]) =>
    (clusters ?? []).map((cluster) => ({ cluster, ...(cluster === 'east' ? dark : { state: 'fresh' as const }) }))
  expect(unreadAmong({ truths }, ['east', 'west'], [own])).toEqual({
    cluster: 'east',
    reason: 'kube.timeout',
    message: 'the cluster is unreachable',
  })
  expect(unreadAmong({ truths }, ['east', 'west'], [{ ...own, cluster: 'west' }])).toBeUndefined()
  // Of clusters that are not of the mesh nothing is told.
  expect(unreadAmong({ truths }, ['west'], [own])).toBeUndefined()
})
