import type { Certificate, PluggedCa } from '@orbweaver/contracts/certificates'
import { beforeAll, describe, expect, test } from 'vitest'
import { certificatesIn } from './certificate.ts'
import { makeIntermediate, makeRoot, type Root } from './make.ts'
import { judgeProxy, readProxySecrets } from './proxy-certificate.ts'

const now = new Date('2026-03-01T00:00:00Z')
const wish = { cluster: 'east', namespace: 'istio-system', days: 100, now }
let root: Root
let another: Root
let ca: PluggedCa
let roots: Certificate[]
let others: Certificate[]
beforeAll(async () => {
  root = await makeRoot({ organization: 'Shop', years: 10, now })
  another = await makeRoot({ organization: 'Other', years: 10, now })
  ca = await makeIntermediate(root, wish)
  roots = await certificatesIn(root.certificate)
  others = await certificatesIn(another.certificate)
})

const base64 = (text: string) => btoa(text)
const pair = (chain: string) => ({
  certificate_chain: { inline_bytes: base64(chain) },
  private_key: { inline_bytes: base64('[redacted]') },
})

/** As Envoy writes it (istioctl/pkg/writer/envoy/configdump/testdata/secret/istio, 1.31), by the resource alone. */
const dump = (chain: string, trusted: string) => ({
  configs: [
    {
      '@type': 'type.googleapis.com/envoy.admin.v3.SecretsConfigDump.DynamicSecret',
      name: 'ROOTCA',
      last_updated: '2023-05-06T05:41:32.118Z',
      secret: { name: 'ROOTCA', validation_context: { trusted_ca: { inline_bytes: base64(trusted) } } },
    },
    { name: 'default', secret: { name: 'default', tls_certificate: pair(chain) } },
  ],
})

describe('the secrets of a proxy', () => {
  test('are its chain and its roots, whatever else is told', () => {
    expect(readProxySecrets(dump('chain', 'roots'))).toEqual({ chain: 'chain', roots: 'roots' })
    expect(readProxySecrets({ configs: [{ name: 'default', secret: { tls_certificate: pair('chain') } }] })).toEqual({
      chain: 'chain',
      roots: '',
    })
  })

  test.each([[undefined], ['text'], [{ configs: [] }], [{ configs: [{ name: 'default' }] }]])(
    'are none in %j',
    (body) => {
      expect(readProxySecrets(body)).toBeUndefined()
    },
  )
})

const print = (of: Certificate[]) => of[0]?.fingerprint
const judged = (more: object = {}, trusted = root.certificate) =>
  judgeProxy({ chain: ca.certChain, roots: trusted }, { roots, signedUnder: print(roots), now, ...more })

describe('what a proxy holds', () => {
  test('is current where it leads to the root that signs, and it trusts all there are', async () => {
    const told = await judged()
    expect(told).toMatchObject({ root: 'current', under: 'O=Shop, CN=Root CA', missing: 0, state: 'valid' })
    expect(told?.certificate).not.toHaveProperty('pem')
    expect((await judged({ signedUnder: undefined }))?.root).toBe('current')
  })

  test('is of another root of the mesh, or of none', async () => {
    const both = [...roots, ...others]
    expect(await judged({ roots: both, signedUnder: print(others) })).toMatchObject({ root: 'other', missing: 1 })
    const trusted = `${root.certificate}${another.certificate}`
    expect(await judged({ roots: both, signedUnder: print(others) }, trusted)).toMatchObject({ missing: 0 })
    expect(await judged({ roots: others, signedUnder: print(others) })).toMatchObject({
      root: 'foreign',
      under: 'O=Shop, CN=Root CA',
      missing: 1,
    })
  })

  test.each([
    ['2026-05-14T00:00:00Z', 'valid'],
    ['2026-05-16T00:00:00Z', 'overdue'],
    ['2026-06-09T00:00:00Z', 'expired'],
    ['2026-02-28T00:00:00Z', 'not-yet'],
  ])('is at %s %s', async (at, state) => {
    expect((await judged({ now: new Date(at) }))?.state).toBe(state)
  })

  test('has an identity where its names tell one, and is nothing where it cannot be read', async () => {
    expect(await judged()).not.toHaveProperty('identity')
    expect(await judgeProxy({ chain: 'none', roots: '' }, { roots, signedUnder: undefined, now })).toBeUndefined()
  })
})
