import { createPrivateKey, X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { createAuthority } from './certificate.ts'

test('the root certificate is one that OpenSSL reads, signs itself and is a CA', () => {
  const { certificatePem, keyPem } = createAuthority('cluster.local', {
    from: new Date('2026-01-02T03:04:05Z'),
    until: new Date('2026-02-02T03:04:05Z'),
  })
  const certificate = new X509Certificate(certificatePem)
  expect(certificate.subject).toBe('O=cluster.local')
  expect(certificate.ca).toBe(true)
  expect(certificate.verify(certificate.publicKey)).toBe(true)
  expect(certificate.checkPrivateKey(createPrivateKey(keyPem))).toBe(true)
  expect(certificate.validFrom).toBe('Jan  2 03:04:05 2026 GMT')
  expect(certificate.validTo).toBe('Feb  2 03:04:05 2026 GMT')
})
