import { request } from 'node:https'
import { isRecord, type JsonRecord } from '@orbweaver/contracts/json'
import { parseJson } from '../clone.ts'

/** A webhook that listens outside the cluster, as `clientConfig.url` names it. */
export type WebhookUrl = { url: string; caBundle: string; seconds: number }

/** Posts a review over TLS that the bundle verifies; rejects with the words of the API server's HTTP client. */
export function postReview({ url, caBundle, seconds }: WebhookUrl, review: JsonRecord): Promise<unknown> {
  const target = new URL(url)
  target.searchParams.set('timeout', `${seconds}s`)
  const body = Buffer.from(JSON.stringify(review))
  const headers = { 'content-type': 'application/json', 'content-length': String(body.length) }
  const ca = Buffer.from(caBundle, 'base64').toString('utf8')
  return new Promise((resolve, reject) => {
    const call = request(target, { method: 'POST', headers, ca, agent: false })
    call.setTimeout(seconds * 1000, () => call.destroy())
    call.on('error', (error) => reject(new Error(goWords(error, target))))
    call.on('response', (response) => {
      const chunks: string[] = []
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        if (response.statusCode === 200) resolve(parsed(chunks.join('')))
        else reject(new Error('the server rejected our request for an unknown reason'))
      })
    })
    call.end(body)
  })
}

function parsed(text: string): unknown {
  const value: unknown = parseJson(text)
  return value
}

/** Go's net and crypto/tls name the same failures otherwise than Node. */
function goWords(error: Error, { hostname, port }: URL): string {
  const code = isRecord(error) && typeof error.code === 'string' ? error.code : ''
  const address = `${hostname}:${port === '' ? '443' : port}`
  if (code === 'ECONNREFUSED') return `dial tcp ${address}: connect: connection refused`
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `dial tcp: lookup ${hostname}: no such host`
  if (code.includes('CERT') || code.includes('SIGNATURE')) {
    return 'tls: failed to verify certificate: x509: certificate signed by unknown authority'
  }
  return error.message
}
