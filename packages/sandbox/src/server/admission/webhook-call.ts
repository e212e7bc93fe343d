import { isRecord, type Json, type JsonRecord, recordAt, textAt } from '@orbweaver/contracts/json'
import { parseJson } from '../clone.ts'
import { postReview } from './webhook-http.ts'

/** Takes an AdmissionReview and the path it was posted to, gives the AdmissionReview answer; throws when unreachable. */
type ServiceHandler = (review: unknown, path: string) => Promise<unknown>

/** Finds what stands behind a Service of this cluster; undefined when nothing does. */
export type ServiceRoute = (service: {
  namespace: string
  name: string
  port: number
  path: string
}) => ServiceHandler | undefined

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
  const handler = handlerOf(webhook, target, { resolve, seconds })
  if (handler === undefined) throw new WebhookFailure(`${post}: ${unreachable(target)}`)
  if ((textAt(webhook, 'clientConfig', 'caBundle') ?? '') === '') {
    throw new WebhookFailure(
      `${post}: tls: failed to verify certificate: x509: certificate signed by unknown authority`,
    )
  }
  let answer: unknown
  try {
    answer = await within(handler(review, target.path), seconds)
  } catch (fault) {
    if (fault instanceof TimedOut) throw new WebhookFailure(`${post}: context deadline exceeded`)
    throw new WebhookFailure(`${post}: ${fault instanceof Error ? fault.message : String(fault)}`)
  }
  return answerOf(answer, review)
}

/** What is not behind a Service of this cluster is called over the network. */
function handlerOf(
  webhook: JsonRecord,
  target: Target,
  by: { resolve: ServiceRoute; seconds: number },
): ServiceHandler | undefined {
  if (target.namespace !== '') return by.resolve(target)
  const caBundle = textAt(webhook, 'clientConfig', 'caBundle') ?? ''
  return (review) => postReview({ url: target.url, caBundle, seconds: by.seconds }, recordAt({ review }, 'review'))
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

function unreachable(target: Target): string {
  return `no endpoints available for service "${target.name}"`
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
