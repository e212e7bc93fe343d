import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { selfSigned } from '../http/certificate.ts'
import { postReview } from './webhook-http.ts'

const closing: (() => void)[] = []

afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** A server that answers everything like this, or never. */
async function listening(status: number, body?: object): Promise<{ url: string; caBundle: string; close: () => void }> {
  const { key, certificate } = selfSigned('webhook')
  const server = createServer({ key, cert: certificate }, (_request, response) => {
    if (body !== undefined) response.writeHead(status, { connection: 'close' }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const close = (): void => {
    server.closeAllConnections()
    server.close()
  }
  closing.push(close)
  const url = `https://127.0.0.1:${portOf(server.address())}/hook`
  return { url, caBundle: Buffer.from(certificate).toString('base64'), close }
}

const portOf = (address: AddressInfo | string | null): number =>
  typeof address === 'object' ? (address?.port ?? 0) : 0

describe('a webhook by URL', () => {
  it('is asked over TLS that its bundle verifies', async () => {
    const { url, caBundle } = await listening(200, { response: { allowed: true } })
    expect(await postReview({ url, caBundle, seconds: 5 }, {})).toEqual({ response: { allowed: true } })
  })

  it('fails in the words of Go', async () => {
    const other = await listening(200, {})
    const { url, caBundle, close } = await listening(200, {})
    await expect(postReview({ url, caBundle: other.caBundle, seconds: 5 }, {})).rejects.toThrow(
      'tls: failed to verify certificate: x509: certificate signed by unknown authority',
    )
    close()
    await expect(postReview({ url, caBundle, seconds: 5 }, {})).rejects.toThrow(
      /^dial tcp 127\.0\.0\.1:\d+: connect: connection refused$/,
    )
    const broken = await listening(500, {})
    await expect(postReview({ url: broken.url, caBundle: broken.caBundle, seconds: 5 }, {})).rejects.toThrow(
      'the server rejected our request for an unknown reason',
    )
  })
})
