import { createServer } from 'node:https'
import { isRecord, type JsonRecord, recordAt, textAt } from '@orbweaver/contracts/json'
import { selfSigned } from '@orbweaver/sandbox/server/http/certificate'
import { bytesOf } from './http.ts'

/** What a webhook says to a request for admission: fields of `response`, the uid is filled in. */
export type Verdict = JsonRecord & { allowed: boolean }

export type WebhookServer = {
  /** https, on loopback: what `clientConfig.url` may be; the path tells the handler which webhook was asked. */
  readonly url: string
  readonly caBundle: string
  /** The `request` of every AdmissionReview so far, with the path it came by. */
  readonly calls: readonly { readonly path: string; readonly request: JsonRecord }[]
  readonly close: () => Promise<void>
}

export type Judge = (request: JsonRecord, path: string) => Verdict | Promise<Verdict>

/** An admission webhook that an API server on this machine can reach. */
export async function openWebhook(judge: Judge): Promise<WebhookServer> {
  const { key, certificate } = selfSigned('webhook')
  const calls: { path: string; request: JsonRecord }[] = []
  const server = createServer({ key, cert: certificate }, (message, response) => {
    const answer = async (): Promise<void> => {
      const review: unknown = JSON.parse((await bytesOf(message)).toString('utf8'))
      const request = recordAt(review, 'request')
      const { pathname: path } = new URL(message.url ?? '/', 'https://webhook')
      calls.push({ path, request })
      const verdict = await judge(request, path)
      const uid = textAt(request, 'uid') ?? ''
      const body = { apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', response: { uid, ...verdict } }
      response.writeHead(200, { 'content-type': 'application/json', connection: 'close' }).end(JSON.stringify(body))
    }
    answer().catch((error: unknown) => response.writeHead(500).end(String(error)))
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = isRecord(address) && typeof address.port === 'number' ? address.port : 0
  return {
    url: `https://127.0.0.1:${port}`,
    caBundle: Buffer.from(certificate).toString('base64'),
    calls,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
