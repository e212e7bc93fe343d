import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { credentialEnds } from './credential-ends.ts'

const pem = (name: string) => readFileSync(new URL(`../../testdata/${name}.pem`, import.meta.url), 'utf8')
const jwt = (claims: object) => ['e30', Buffer.from(JSON.stringify(claims)).toString('base64url'), 'c2ln'].join('.')
const tokenSays = (token: string) => credentialEnds({ token })

describe('what a connection rests on', () => {
  it('says when it is over', () => {
    const exp = Date.parse('2026-12-01T00:00:00Z') / 1000
    const clientCertificate = { certificate: pem('client'), key: pem('client.key') }
    expect(credentialEnds({ token: jwt({ exp }), clientCertificate, certificateAuthority: pem('ca') })).toEqual([
      { of: 'token', at: new Date('2026-12-01T00:00:00Z') },
      { of: 'client-certificate', at: new Date('2120-01-01T00:00:00Z') },
      { of: 'certificate-authority', at: new Date('2120-01-01T00:00:00Z') },
    ])
  })

  it('is nothing where nothing proves anything', () => {
    expect(credentialEnds({})).toEqual([])
  })

  it.each([
    ['opaque', 'sha256~b3BhcXVl'],
    ['of three parts, and no JWT', 'a.b.c'],
    ['without an end', jwt({ sub: 'system:serviceaccount:orbweaver-system:orbweaver' })],
    ['whose end is no number', jwt({ exp: 'soon' })],
    ['whose end is no date', jwt({ exp: 1e300 })],
    ['that is a list', jwt([1])],
  ])('does not say where the token is one %s', (_what, token) => {
    expect(tokenSays(token)).toEqual([{ of: 'token' }])
  })

  it('is told by the leaf of a chain of client certificates', () => {
    const chain = { certificate: `${pem('client')}\n${pem('ca')}`, key: pem('client.key') }
    const [leaf] = credentialEnds({ clientCertificate: chain })
    expect(leaf).toEqual(credentialEnds({ clientCertificate: { ...chain, certificate: pem('client') } })[0])
  })

  it('is told by the last of a bundle of authorities, whatever their order', () => {
    for (const names of [
      ['former-ca', 'ca'],
      ['ca', 'former-ca'],
    ]) {
      const [authority] = credentialEnds({ certificateAuthority: names.map(pem).join('\n') })
      expect(authority?.at).toEqual(new Date('2120-01-01T00:00:00Z'))
    }
    const [former] = credentialEnds({ certificateAuthority: pem('former-ca') })
    expect(former?.at).toEqual(new Date('2022-01-01T00:00:00Z'))
  })
})
