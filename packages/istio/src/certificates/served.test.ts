import type { Certificate, PluggedCa } from '@orbweaver/contracts/certificates'
import { beforeAll, describe, expect, test } from 'vitest'
import { certificatesIn } from './certificate.ts'
import { makeIntermediate, makeRoot, type Root } from './make.ts'
import { certificateBlocks } from './pem.ts'
import { discoveryHost, judgeServed } from './served.ts'

const now = new Date('2026-03-01T00:00:00Z')
const host = 'istiod.istio-system.svc'
let root: Root
let another: Root
/** An intermediate has the name of istiod as well. */
let ca: PluggedCa
let roots: Certificate[]
let others: Certificate[]
beforeAll(async () => {
  root = await makeRoot({ organization: 'Shop', years: 10, now })
  another = await makeRoot({ organization: 'Other', years: 10, now })
  ca = await makeIntermediate(root, { cluster: 'east', namespace: 'istio-system', days: 60, now })
  roots = await certificatesIn(root.certificate)
  others = await certificatesIn(another.certificate)
})

const trusted = () => [
  { cluster: 'hub', roots },
  { cluster: 'unread', roots: [] },
]
const judged = (more: object = {}, shown = certificateBlocks(ca.certChain)) =>
  judgeServed({ pod: 'istiod-1', shown }, { trust: trusted(), host, now, ...more })
const told = async (...args: Parameters<typeof judged>) =>
  (await judged(...args)).findings.map(({ severity, message }) => [severity, message.code, message.params])

describe('what an istiod shows', () => {
  test('is told with the root it leads to, and fine where members trust that and it has the name they call', async () => {
    const { replica, findings } = await judged()
    expect(replica).toMatchObject({ pod: 'istiod-1', certificate: { names: [host] }, under: 'O=Shop, CN=Root CA' })
    expect(findings).toEqual([])
  })

  test('is near its end, or over', async () => {
    const at = '2026-04-30T00:00:00.000Z'
    expect(await told({ now: new Date('2026-04-20') })).toEqual([
      ['warning', 'certificates.served_ends_soon', { pod: 'istiod-1', at, days: 10 }],
    ])
    expect(await told({ now: new Date('2026-05-01') })).toEqual([
      ['error', 'certificates.served_expired', { pod: 'istiod-1', at, days: 0 }],
    ])
  })

  test('leads to none of the roots that some cluster trusts', async () => {
    const trust = [...trusted(), { cluster: 'west', roots: others }]
    expect(await told({ trust })).toEqual([
      ['error', 'certificates.served_untrusted', { pod: 'istiod-1', clusters: 'west' }],
    ])
    expect(await told({ trust: [{ cluster: 'west', roots: [...others, ...roots] }] })).toEqual([])
    const { replica } = await judged({ trust: [{ cluster: 'west', roots: others }] })
    expect(replica.under).toBeUndefined()
  })

  test('lacks the name that proxies of its revision call', async () => {
    const wanted = discoveryHost('istio-system', 'shop-v1-30-3')
    expect(wanted).toBe('istiod-shop-v1-30-3.istio-system.svc')
    expect(discoveryHost('istio-system', 'default')).toBe(host)
    expect(await told({ host: wanted })).toEqual([
      ['error', 'certificates.served_name', { pod: 'istiod-1', host: wanted }],
    ])
  })

  test('is nothing that can be read', async () => {
    const why = { code: 'certificates.served_unreadable', params: { pod: 'istiod-1' } }
    expect(await judged({}, ['none'])).toEqual({ replica: { pod: 'istiod-1', why }, findings: [] })
    expect((await judged({}, [])).replica.why).toEqual(why)
  })
})
