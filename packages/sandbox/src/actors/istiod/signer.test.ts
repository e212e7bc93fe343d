import { createPrivateKey, createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { BasicConstraintsExtension, X509CertificateGenerator } from '@orbweaver/istio/certificates/library'
import { makeIntermediate, makeRoot } from '@orbweaver/istio/certificates/make'
import { certificateBlocks } from '@orbweaver/istio/certificates/pem'
import { describe, expect, test } from 'vitest'
import type { SigningAuthority } from './authority-store.ts'
import { createAuthority, tenYearsFrom } from './certificate.ts'
import { issue } from './issue.ts'
import { createSigner, type SigningHistory } from './signer.ts'

const begin = new Date('2026-03-01T00:00:00Z')
const hours = (count: number) => new Date(begin.getTime() + count * 3_600_000)
const identity = {
  namespace: 'mesh',
  deployment: 'istiod-blue',
  revision: 'blue',
  clusterId: 'east',
  version: '1.30.3',
  external: false,
  environment: { ISTIOD_CUSTOM_HOST: 'istiod.example.org' },
}

function selfSigned(organization: string, now = begin): SigningAuthority {
  const { certificatePem: pem, keyPem: key } = createAuthority(organization, tenYearsFrom(now))
  return { pem, issuing: pem, key, chain: '', plugged: false }
}

async function pluggedIn(days: number): Promise<SigningAuthority> {
  const root = await makeRoot({ organization: 'Shop', years: 10, now: begin })
  const made = await makeIntermediate(root, { cluster: 'east', namespace: 'mesh', days, now: begin })
  return { pem: made.rootCert, issuing: made.caCert, key: made.caKey, chain: made.certChain, plugged: true }
}

function signing(authority: SigningAuthority) {
  const time = { now: begin }
  const history: SigningHistory = []
  const signer = createSigner({ identity, history, clock: { now: () => time.now } })
  signer.take(authority)
  return { signer, time }
}

const read = (pem: string) => certificateBlocks(pem).map((each) => new X509Certificate(each))
const isSignedBy = (one: X509Certificate | undefined, other: string) =>
  one !== undefined && one.verify(new X509Certificate(other).publicKey)

const web = {
  uid: 'web',
  trustDomain: 'cluster.local',
  namespace: 'shop',
  serviceAccount: 'web',
  started: begin,
  ttlMs: 24 * 3_600_000,
}

describe('what an istiod serves with', () => {
  test('is signed by what it made itself, for the names it is called by', async () => {
    const authority = selfSigned('cluster.local')
    const issued = (await signing(authority).signer.serving()) ?? expect.fail('none')
    const [leaf, ...more] = read(issued.chain)
    expect(more).toEqual([])
    expect(isSignedBy(leaf, authority.pem)).toBe(true)
    expect(leaf?.checkPrivateKey(createPrivateKey(issued.key))).toBe(true)
    expect([leaf?.subject, leaf?.ca, leaf?.issuer]).toEqual([undefined, false, 'O=cluster.local'])
    expect(leaf?.subjectAltName?.split(', ')).toEqual([
      'DNS:istio-pilot.mesh.svc',
      'DNS:istiod-blue.mesh.svc',
      'DNS:istiod-remote.mesh.svc',
      'DNS:istiod.example.org',
      'DNS:istiod.mesh.svc',
    ])
    expect([leaf?.validFrom, leaf?.validTo]).toEqual(['Feb 28 23:58:00 2026 GMT', 'Feb 27 00:00:00 2036 GMT'])
  })

  test('is signed by a plugged-in intermediate, shown with it, and ends no later', async () => {
    const authority = await pluggedIn(30)
    const { signer } = signing(authority)
    const [leaf, intermediate, root] = read((await signer.serving())?.chain ?? '')
    expect(isSignedBy(leaf, authority.issuing)).toBe(true)
    expect(intermediate?.raw).toEqual(read(authority.issuing)[0]?.raw)
    expect(root?.raw).toEqual(read(authority.pem)[0]?.raw)
    expect(leaf?.validTo).toBe(intermediate?.validTo)
  })

  test('is another one once another authority was taken, and none where what signs cannot', async () => {
    const { signer, time } = signing(selfSigned('One'))
    const first = await signer.serving()
    expect(await signer.serving()).toBe(first)
    time.now = hours(5)
    signer.take(selfSigned('Two'))
    const [leaf] = read((await signer.serving())?.chain ?? '')
    expect([leaf?.issuer, leaf?.validFrom]).toEqual(['O=Two', 'Mar  1 04:58:00 2026 GMT'])
    expect(await issue({ ...selfSigned('Three'), key: 'none' }, { names: [], from: begin, ttlMs: 1 })).toBeUndefined()
    expect(await issue({ ...selfSigned('Three'), issuing: '' }, { names: [], from: begin, ttlMs: 1 })).toBeUndefined()
    const over = await pluggedIn(1)
    expect(await issue(over, { names: [], from: hours(24), ttlMs: 1 })).toBeUndefined()
  })

  test('has a key of the kind of what signs', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 })
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const pem = await rootOf(key)
    const authority = { pem, issuing: pem, key, chain: '', plugged: true }
    const issued = await issue(authority, { names: [{ type: 'dns', value: 'a' }], from: begin, ttlMs: 1_000 })
    const [leaf] = read(issued?.chain ?? '')
    expect(leaf?.publicKey.asymmetricKeyType).toBe('rsa')
    expect(isSignedBy(leaf, pem)).toBe(true)
  })
})

describe('what a proxy holds', () => {
  test('is its identity for a day, asked for anew in the middle of its time', async () => {
    const authority = selfSigned('One')
    const { signer, time } = signing(authority)
    const first = (await signer.heldBy(web)) ?? expect.fail('none')
    const [leaf, root] = read(first.chain)
    expect(leaf?.subjectAltName).toBe('URI:spiffe://cluster.local/ns/shop/sa/web')
    expect([leaf?.validFrom, leaf?.validTo]).toEqual(['Feb 28 23:58:00 2026 GMT', 'Mar  2 00:00:00 2026 GMT'])
    expect(root?.raw).toEqual(read(authority.pem)[0]?.raw)
    expect(first.roots).toBe(authority.pem)
    time.now = hours(11)
    expect(await signer.heldBy(web)).toBe(first)
    time.now = hours(30)
    const [later] = read((await signer.heldBy(web))?.chain ?? '')
    expect(later?.validTo).toBe('Mar  3 00:00:00 2026 GMT')
  })

  test('was signed with the authority of that time, until it is renewed', async () => {
    const { signer, time } = signing(selfSigned('One'))
    const issuer = async () => read((await signer.heldBy(web))?.chain ?? '')[0]?.issuer
    time.now = hours(2)
    const two = selfSigned('Two')
    signer.take(two)
    time.now = hours(11)
    expect(await issuer()).toBe('O=One')
    time.now = hours(12)
    expect(await issuer()).toBe('O=Two')
    signer.take({ ...two })
    time.now = hours(24)
    expect(await issuer()).toBe('O=Two')
  })
})

/** A root with an RSA key, as `openssl req -x509` makes one. */
async function rootOf(key: string): Promise<string> {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  const der = createPrivateKey(key).export({ type: 'pkcs8', format: 'der' })
  const privateKey = await crypto.subtle.importKey('pkcs8', Uint8Array.from(der), algorithm, true, ['sign'])
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' })
  const publicKey = await crypto.subtle.importKey('spki', Uint8Array.from(spki), algorithm, true, ['verify'])
  const made = await X509CertificateGenerator.createSelfSigned({
    name: 'O=Old',
    notBefore: begin,
    notAfter: hours(100),
    signingAlgorithm: algorithm,
    keys: { privateKey, publicKey },
    extensions: [new BasicConstraintsExtension(true, undefined, true)],
  })
  return made.toString('pem')
}
