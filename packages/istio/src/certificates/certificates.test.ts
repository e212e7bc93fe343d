import { createPrivateKey, X509Certificate as OpenSslCertificate } from 'node:crypto'
import type { Authority, Certificate } from '@orbweaver/contracts/certificates'
import { beforeAll, describe, expect, test } from 'vitest'
import { certificatesIn } from './certificate.ts'
import { checkCa } from './check-ca.ts'
import { makeIntermediate, makeRoot, type Root } from './make.ts'
import { certificateBlocks, toPem } from './pem.ts'
import { judgeTrust } from './trust.ts'

const now = new Date('2026-03-01T00:00:00Z')
const wish = { cluster: 'east', namespace: 'istio-system', days: 730, now }
let root: Root
let ca: Awaited<ReturnType<typeof makeIntermediate>>
let another: Root
beforeAll(async () => {
  root = await makeRoot({ organization: 'Shop', years: 10, now })
  another = await makeRoot({ organization: 'Shop', years: 10, now })
  ca = await makeIntermediate(root, wish)
})

const codes = (faults: { code: string }[]) => faults.map(({ code }) => code)

describe('a generated authority', () => {
  test('is what OpenSSL takes for a root and an intermediate of it', () => {
    const [rootCert, caCert] = [new OpenSslCertificate(ca.rootCert), new OpenSslCertificate(ca.caCert)]
    expect([rootCert.ca, caCert.ca]).toEqual([true, true])
    expect(caCert.checkIssued(rootCert) && caCert.verify(rootCert.publicKey)).toBe(true)
    expect(rootCert.verify(rootCert.publicKey)).toBe(true)
    expect(caCert.checkPrivateKey(createPrivateKey(ca.caKey))).toBe(true)
    expect(rootCert.checkPrivateKey(createPrivateKey(root.key))).toBe(true)
    expect(caCert.subjectAltName).toBe('DNS:istiod.istio-system.svc')
    expect(certificateBlocks(ca.certChain)).toHaveLength(2)
  })

  test('reads as what it was made to be', async () => {
    const [facts] = await certificatesIn(ca.caCert)
    expect(facts).toMatchObject({
      subject: 'O=Istio, CN=Intermediate CA, L=east',
      issuer: 'O=Shop, CN=Root CA',
      notBefore: '2026-02-28T23:00:00.000Z',
      notAfter: '2028-02-29T00:00:00.000Z',
      key: 'EC P-256',
      ca: true,
    })
    const openSsl = new OpenSslCertificate(ca.caCert).fingerprint256.replaceAll(':', '').toLowerCase()
    expect(facts?.fingerprint).toBe(openSsl)
    expect(await checkCa(ca, now)).toEqual([])
  })

  test('holds no longer than its root', async () => {
    const short = await makeRoot({ organization: 'Shop', years: 1, now })
    const [facts] = await certificatesIn((await makeIntermediate(short, wish)).caCert)
    expect(facts?.notAfter).toBe('2027-03-01T00:00:00.000Z')
  })

  test('is not made with the key of another root', async () => {
    await expect(makeIntermediate({ ...root, key: another.key }, wish)).rejects.toMatchObject({ why: 'mismatch' })
    await expect(makeIntermediate({ ...root, key: 'none' }, wish)).rejects.toMatchObject({ why: 'unreadable' })
  })
})

describe('what istiod could not sign with', () => {
  test('is told by file', async () => {
    expect(await checkCa({ ...ca, caCert: 'none', certChain: 'none' }, now)).toEqual([
      { code: 'certificates.unreadable', params: { file: 'ca-cert.pem' } },
      { code: 'certificates.unreadable', params: { file: 'cert-chain.pem' } },
    ])
    const spoilt = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'
    expect(codes(await checkCa({ ...ca, rootCert: spoilt }, now))).toEqual(['certificates.unreadable'])
  })

  test('is a chain to another root, a key of another certificate, or none', async () => {
    expect(codes(await checkCa({ ...ca, rootCert: another.certificate }, now))).toEqual(['certificates.chain_broken'])
    expect(codes(await checkCa({ ...ca, caKey: root.key }, now))).toEqual(['certificates.key_mismatch'])
    expect(codes(await checkCa({ ...ca, caKey: 'none' }, now))).toEqual(['certificates.key_unreadable'])
  })

  test('is one that ended or has not begun', async () => {
    expect(codes(await checkCa(ca, new Date('2029-01-01')))).toEqual(['certificates.expired_file'])
    expect(codes(await checkCa(ca, new Date('2025-01-01')))).toEqual(['certificates.not_yet', 'certificates.not_yet'])
  })

  test('keys are read in the older forms too', async () => {
    const key = createPrivateKey(ca.caKey).export({ type: 'sec1', format: 'der' })
    expect(await checkCa({ ...ca, caKey: toPem('EC PRIVATE KEY', key) }, now)).toEqual([])
  })
})

describe('findings about a mesh', () => {
  const certificate = (fingerprint: string, notAfter = '2030-01-01T00:00:00Z'): Certificate => ({
    subject: `CN=${fingerprint}`,
    issuer: 'CN=root',
    fingerprint,
    notBefore: '2020-01-01T00:00:00Z',
    notAfter,
    ca: true,
    key: 'EC P-256',
    names: [],
    pem: '',
  })
  const trusts = (cluster: string, ...prints: string[]) => ({
    cluster,
    role: cluster === 'hub' ? ('control-plane' as const) : ('member' as const),
    roots: prints.map((each) => certificate(each)),
  })
  const authority = (...prints: string[]): Authority => ({
    kind: 'plugged-in',
    issuing: certificate('intermediate'),
    chain: [],
    roots: prints.map((each) => certificate(each)),
    verified: true,
  })
  const found = (world: Partial<Parameters<typeof judgeTrust>[0]>) =>
    judgeTrust({ authority: undefined, trust: [], now, ...world }).map(({ severity, message }) => [
      severity,
      message.code,
    ])

  test('none where all share a root, also while it changes', () => {
    expect(found({ authority: authority('a'), trust: [trusts('hub', 'a'), trusts('east', 'a')] })).toEqual([])
    expect(found({ authority: authority('a', 'b'), trust: [trusts('hub', 'b', 'a'), trusts('east', 'a')] })).toEqual([])
  })

  test('clusters without a root in common with the control plane', () => {
    const trust = [trusts('hub', 'a'), trusts('east', 'b'), trusts('west', 'a'), trusts('north')]
    expect(judgeTrust({ authority: undefined, trust, now })).toEqual([
      {
        severity: 'error',
        message: { code: 'certificates.no_common_root', params: { clusters: 'east', controlPlane: 'hub' } },
      },
    ])
  })

  test('an authority that istiod has not taken, or that leads nowhere', () => {
    expect(found({ authority: authority('b'), trust: [trusts('hub', 'a')] })).toEqual([
      ['error', 'certificates.not_taken'],
    ])
    expect(found({ authority: { ...authority('a'), verified: false }, trust: [trusts('hub', 'a')] })).toEqual([
      ['error', 'certificates.chain_broken'],
    ])
  })

  test('ends are told once, thirty days before as a warning and seven before as an error', () => {
    const ending = (at: string) => {
      const roots = [certificate('a', at)]
      return found({ authority: { ...authority(), roots }, trust: [{ ...trusts('hub'), roots }] })
    }
    expect(ending('2026-04-01T00:00:00Z')).toEqual([])
    expect(ending('2026-03-30T00:00:00Z')).toEqual([['warning', 'certificates.ends_soon']])
    expect(ending('2026-03-07T00:00:00Z')).toEqual([['error', 'certificates.ends_soon']])
    expect(ending('2026-03-01T00:00:00Z')).toEqual([['error', 'certificates.expired']])
  })
})
