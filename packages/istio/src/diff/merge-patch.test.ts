import { expect, it } from 'vitest'
import { withMergePatch } from './merge-patch.ts'

const shop = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'shop', labels: { team: 'a', 'istio.io/rev': 'old' } },
}

it('merges maps, removes what is null and leaves the original alone', () => {
  const patched = withMergePatch(shop, { metadata: { labels: { 'istio.io/rev': null, 'istio-injection': 'enabled' } } })
  expect(patched.metadata.labels).toEqual({ team: 'a', 'istio-injection': 'enabled' })
  expect(shop.metadata.labels).toEqual({ team: 'a', 'istio.io/rev': 'old' })
})

it('makes maps on the way and drops nulls inside new ones', () => {
  const patched = withMergePatch(shop, { spec: { template: { metadata: { labels: { a: '1', b: null } } } } })
  expect(patched.spec).toEqual({ template: { metadata: { labels: { a: '1' } } } })
})

it('refuses to remove what makes an object one', () => {
  expect(() => withMergePatch(shop, { kind: null })).toThrow(TypeError)
})
