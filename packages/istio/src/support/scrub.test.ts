import { describe, expect, it } from 'vitest'
import { scrubbed, withheld } from './scrub.ts'

describe('what a log says', () => {
  it.each([
    '2026-11-29T02:15:22.123456Z\tinfo\tads\tPush debounce stable[12] 3 for config VirtualService/shop/search: 100.2ms',
    '2026-11-29T02:15:22.123456789Z warn model Secret/istio-remote-secret-east not found in istio-system',
    'Pulling image "docker.io/istio/pilot:1.30.3@sha256:0f343b0931126a20f133d67c2b018a3b5d2d8e4b6f3b3d5a1c2e4f6a8b0c2d4e"',
    'pod istiod-prod-v1-30-3-7d9c5b8f6b-x2x7k on ip-10-0-12-7.eu-west-1.compute.internal is not ready (10.0.12.7:15012)',
    'spiffe://cluster.local/ns/istio-system/sa/istiod: x509: certificate signed by unknown authority',
    'Put "https://10.0.0.1:6443/apis/sailoperator.io/v1/istios/prod/status?timeout=30s": context deadline exceeded',
    'uid 0b54e1c2-3f6d-4c8e-9a55-e6b1a7a8c9d0, ValidatingWebhookConfiguration istio-validator-prod-istio-system',
    'xds connection: failed to authenticate: token is expired',
  ])('stays: %s', (line) => {
    expect(scrubbed(line)).toBe(line)
  })

  it.each([
    ['Authorization: Bearer abc', `Authorization: ${withheld}`],
    ['sent bearer abc.def to istiod', `sent bearer ${withheld} to istiod`],
    ['password=hunter2 for admin', `password=${withheld} for admin`],
    ['{"token":"abc","id":7}', `{"token":"${withheld}","id":7}`],
    ['dial https://admin:pw@10.0.0.1/x', `dial https://${withheld}@10.0.0.1/x`],
    ['got /login?token=abc&x=1', `got /login?token=${withheld}&x=1`],
    ['set-cookie: session=abc; Path=/', `set-cookie: ${withheld}`],
    ['x-api-key: abc', `x-api-key: ${withheld}`],
  ])('goes: %s', (line, left) => {
    expect(scrubbed(line)).toBe(left)
  })

  it('loses a key that is cut off at the end, or begins in the middle', () => {
    const body = Buffer.from('some key that is long enough to be one, 0123456789').toString('base64')
    expect(scrubbed(`a\n-----BEGIN RSA PRIVATE KEY-----\n${body}\n${body}`)).toBe(`a\n${withheld}`)
    expect(scrubbed(`${body}\n${body}\n-----END RSA PRIVATE KEY-----\nb`)).not.toContain(body.slice(0, 12))
  })
})
