import type { Finding } from '@orbweaver/contracts/plan'
import { expect, it } from 'vitest'
import { withoutUnserved } from './version.ts'

const finding = (name: string, code: string): Finding => ({
  code,
  severity: 'error',
  ref: {
    cluster: 'east',
    group: 'networking.istio.io',
    version: 'v9',
    kind: 'VirtualService',
    namespace: 'shop',
    name,
  },
  pointer: '',
  params: {},
  evidence: [],
  aliases: [],
  fixes: [],
})

it('says of an object in a version that nobody serves that alone, and of others all', () => {
  const [unserved, more] = [finding('a', 'schema.version-unserved'), finding('a', 'virtualservice.no-hosts')]
  const other = finding('b', 'virtualservice.no-hosts')
  expect(withoutUnserved([more, unserved, other])).toEqual([unserved, other])
  expect(withoutUnserved([more, other])).toEqual([more, other])
})
