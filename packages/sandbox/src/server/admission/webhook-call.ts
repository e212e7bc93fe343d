import { isRecord, type Json, type JsonRecord, recordAt, textAt } from '@orbweaver/contracts/json'
import { parseJson } from '../clone.ts'
import { postReview } from './webhook-http.ts'

/** Takes an AdmissionReview and the path it was posted to, gives the AdmissionReview answer; throws when unreachable. */
type ServiceHandler = {
  answer: (review: unknown, path: string) => Promise<unknown>
  /** Of the authority that signed what it serves with; undefined when the connection sees to that. */
  rootPem?: string
}

/** Finds what stands behind a Service of this cluster; throws what a connection would when nothing does. */
export type ServiceRoute = (service: { namespace: string; name: string; port: number; path: string }) => ServiceHandler

/** A webhook that could not be asked, in the words of the API server's HTTP client. */
export class WebhookFailure extends Error {
  override readonly name = 'WebhookFailure'
}

export type Answer = {
  allowed: boolean
  status: JsonRecord
  patch: Json | undefined
  warnings: string[]
}

/** Where a webhook is: its Service, or the Service that its URL names inside the cluster. */
type Target = { namespace: string; name: string; port: number; path: string; url: string }

export async function callWebhook(webhook: JsonRecord, review: JsonRecord, resolve: ServiceRoute): Promise<Answer> {
  const target = targetOf(recordAt(webhook, 'clientConfig'))
  const seconds = typeof webhook.timeoutSeconds === 'number' ? webhook.timeoutSeconds : 10
  const post = `failed to call webhook: Post "${target.url}?timeout=${seconds}s"`
  const caBundle = textAt(webhook, 'clientConfig', 'caBundle') ?? ''
  let answer: unknown
  try {
    const handler = handlerOf(target, { resolve, seconds, caBundle })
    if (!trusts(caBundle, handler.rootPem)) throw new Error(UNKNOWN_AUTHORITY)
    answer = await within(handler.answer(review, target.path), seconds)
  } catch (fault) {
    if (fault instanceof TimedOut) throw new WebhookFailure(`${post}: context deadline exceeded`)
    throw new WebhookFailure(`${post}: ${fault instanceof Error ? fault.message : String(fault)}`)
  }
  return answerOf(answer, review)
}

const UNKNOWN_AUTHORITY = 'tls: failed to verify certificate: x509: certificate signed by unknown authority'

/** Without a bundle the system's authorities count, which never signed for a Service. */
function trusts(caBundle: string, rootPem: string | undefined): boolean {
  if (rootPem === undefined) return true
  const packed = (text: string): string => text.replaceAll(/\s/g, '')
  return packed(Buffer.from(caBundle, 'base64').toString('utf8')).includes(packed(rootPem))
}

type Way = { resolve: ServiceRoute; seconds: number; caBundle: string }

/** What is not behind a Service of this cluster is called over the network. */
function handlerOf(target: Target, { resolve, seconds, caBundle }: Way): ServiceHandler {
  if (target.namespace !== '') return resolve(target)
  return { answer: (review) => postReview({ url: target.url, caBundle, seconds }, recordAt({ review }, 'review')) }
}

class TimedOut extends Error {
  override readonly name = 'TimedOut'
}

async function within<T>(promise: Promise<T>, seconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new TimedOut()), seconds * 1000)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

function targetOf(config: JsonRecord): Target {
  const url = textAt(config, 'url')
  if (url !== undefined && URL.canParse(url)) return urlTarget(url)
  const service = recordAt(config, 'service')
  const [namespace, name] = [textAt(service, 'namespace') ?? '', textAt(service, 'name') ?? '']
  const port = typeof service.port === 'number' ? service.port : 443
  const path = textAt(service, 'path') ?? '/'
  return { namespace, name, port, path, url: `https://${name}.${namespace}.svc:${port}${path === '/' ? '' : path}` }
}

function urlTarget(url: string): Target {
  const parsed = new URL(url)
  const port = parsed.port === '' ? 443 : Number(parsed.port)
  const path = parsed.pathname
  if (!/\.svc(\.|$)/.test(parsed.hostname)) return { namespace: '', name: parsed.hostname, port, path, url }
  const [name = '', namespace = ''] = parsed.hostname.split('.')
  return { namespace, name, port, path, url }
}

function answerOf(answer: unknown, review: JsonRecord): Answer {
  const response = recordAt(answer, 'response')
  if (Object.keys(response).length === 0) throw new WebhookFailure('expected response.uid, got webhook response absent')
  const uid = textAt(review, 'request', 'uid')
  if (response.uid !== uid) {
    throw new WebhookFailure(`expected response.uid=${JSON.stringify(uid)}, got ${JSON.stringify(response.uid ?? '')}`)
  }
  return {
    allowed: response.allowed === true,
    status: recordAt(response, 'status'),
    patch: patchOf(response),
    warnings: Array.isArray(response.warnings) ? response.warnings.filter((each) => typeof each === 'string') : [],
  }
}

function patchOf(response: JsonRecord): Json | undefined {
  const encoded = textAt(response, 'patch')
  if (encoded === undefined || encoded === '') return undefined
  if (response.patchType !== 'JSONPatch')
    throw new WebhookFailure('webhook returned response.patch but not response.patchType')
  const parsed = parseJson(Buffer.from(encoded, 'base64').toString('utf8'))
  return isRecord(parsed) || Array.isArray(parsed) ? parsed : undefined
}
