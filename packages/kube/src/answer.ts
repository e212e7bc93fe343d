import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { Dispatcher } from 'undici'
import type { RawAnswer } from './client.ts'
import { KubeError } from './error.ts'
import { dateOf, firstOf, retryAfterOf, warningsOf } from './headers.ts'
import type { Redact } from './redact.ts'
import { refusalError } from './refusal.ts'

const inflate = promisify(gunzip)

/** What reading needs to know: whose answer, what to cut out of it, how many bytes at most. */
export type Reading = { cluster: string; redact: Redact; most: number }

/** The head of an answer, and what comes after it. */
export type Response = Pick<Dispatcher.ResponseData, 'statusCode' | 'headers'> & { body: AsyncIterable<Buffer> }

/** The whole answer, or the KubeError that an error status stands for. Redirects are errors: credentials stay here. */
export async function answerOf(response: Response, reading: Reading): Promise<RawAnswer> {
  const { statusCode: status, headers } = response
  const body = await bodyOf(response, reading)
  if (status >= 200 && status < 300) {
    const warnings = warningsOf(headers.warning).map(reading.redact)
    return { status, body, warnings, date: dateOf(headers.date) }
  }
  const retryAfterMs = retryAfterOf(headers['retry-after'])
  const { cluster } = reading
  throw refusalError({ cluster, status, body, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) })
}

/** Text, or what it says when it is JSON; KubeError `too_large` and `bad_answer`. */
export async function bodyOf(response: Response, reading: Reading): Promise<unknown> {
  const { statusCode: status, headers } = response
  return parsed(await bytesOf(response, reading), firstOf(headers['content-type']), { status, ...reading })
}

async function bytesOf(response: Response, { cluster, most }: Reading): Promise<Buffer> {
  const tooLarge = () =>
    new KubeError({
      code: 'too_large',
      cluster,
      message: `the answer has more than ${most} bytes`,
      reason: 'AnswerSize',
    })
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response.body) {
    size += chunk.length
    if (size > most) throw tooLarge()
    chunks.push(chunk)
  }
  const whole = Buffer.concat(chunks)
  if (firstOf(response.headers['content-encoding']) !== 'gzip') return whole
  try {
    return await inflate(whole, { maxOutputLength: most })
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge()
    throw new KubeError({ code: 'bad_answer', cluster, message: 'the answer is not the gzip it says it is' })
  }
}

function parsed(
  bytes: Buffer,
  contentType: string | undefined,
  { status, cluster }: Reading & { status: number },
): unknown {
  const text = bytes.toString('utf8')
  if (contentType === undefined || !/\bjson\b/i.test(contentType)) return text
  try {
    const body: unknown = JSON.parse(text)
    return body
  } catch {
    if (status >= 400) return text
    throw new KubeError({ code: 'bad_answer', cluster, status, message: 'the answer is not the JSON it says it is' })
  }
}
