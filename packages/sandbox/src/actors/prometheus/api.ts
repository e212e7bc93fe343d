import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { dataOf } from './api-json.ts'
import { rangeIn, timeIn } from './api-times.ts'
import { QueryError } from './promql/query-error.ts'
import { queryAt, queryRange, type Result } from './promql/query.ts'
import type { Storage } from './promql/storage.ts'

export type PrometheusOptions = {
  /** What it has scraped. */
  storage: () => Storage
  now: () => Date
  /** It is there and answers nothing but 503, as while it reads its log after a restart. */
  isStarting: () => boolean
}

type Ask = (options: PrometheusOptions, form: URLSearchParams) => Result | Promise<Result>

const queries: Readonly<Record<string, Ask>> = {
  '/api/v1/query': ({ storage, now }, form) =>
    queryAt(storage(), form.get('query') ?? '', timeIn(form, 'time', now().getTime())),
  '/api/v1/query_range': ({ storage }, form) => queryRange(storage(), form.get('query') ?? '', rangeIn(form)),
}

/** Whose language and answers these are. */
const build = { version: '2.42.0', revision: '', branch: '', buildUser: '', buildDate: '', goVersion: 'go1.19.6' }

/** Of Prometheus' HTTP API what asks for values. It listens nowhere: connections are handed to it. */
export function createPrometheus(options: PrometheusOptions): Server {
  return createServer((request, response) => {
    answer(options, request, response).catch(() => response.destroy())
  })
}

const pages: Readonly<Record<string, (response: ServerResponse) => void>> = {
  '/-/ready': (response) => sendText(response, 200, 'Prometheus Server is Ready.\n'),
  '/-/healthy': (response) => sendText(response, 200, 'Prometheus Server is Healthy.\n'),
  '/api/v1/status/buildinfo': (response) => sendJson(response, 200, { status: 'success', data: build }),
}

async function answer(options: PrometheusOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://prometheus')
  if (options.isStarting()) return sendText(response, 503, 'Service Unavailable')
  const page = Object.hasOwn(pages, pathname) ? pages[pathname] : undefined
  if (page !== undefined) return page(response)
  const ask = Object.hasOwn(queries, pathname) ? queries[pathname] : undefined
  if (ask === undefined) return sendText(response, 404, '404 page not found\n')
  if (request.method !== 'GET' && request.method !== 'POST') return sendText(response, 405, 'Method Not Allowed\n')
  const form = request.method === 'POST' ? await formOf(request) : new URLSearchParams()
  await answerQuery(response, async () => ask(options, new URLSearchParams([...form, ...searchParams])))
}

async function answerQuery(response: ServerResponse, ask: () => Promise<Result>): Promise<void> {
  try {
    sendJson(response, 200, { status: 'success', data: dataOf(await ask()) })
  } catch (error) {
    if (!(error instanceof QueryError)) throw error
    const status = error.type === 'bad_data' ? 400 : 422
    sendJson(response, status, { status: 'error', errorType: error.type, error: error.message })
  }
}

/** Bytes of a form that are read. */
const mostBytes = 10 * 1024 * 1024

/** What is in the body goes before what is in the address. Throws, and hangs up, where it is too long. */
async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = ''
  request.setEncoding('utf8')
  for await (const chunk of request) {
    text += String(chunk)
    if (text.length > mostBytes) throw new Error('the form is too long')
  }
  return new URLSearchParams(text)
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(text)
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
