import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Series by what is asked for: the name of their metric, `errors` for requests that failed, `count` for whether there are any. */
export type Measured = Partial<Record<string, { labels: Record<string, string>; value: number }[]>>

/** A Prometheus that has what it is told to have, already summed up, and the same at every moment. */
export type FakePrometheus = {
  url: string
  server: Server
  measured: Measured
  warnings: string[]
  /** Says nothing at all, or another thing than Prometheus does. */
  says: 'all' | 'nothing' | ((response: ServerResponse) => void)
  /** What was asked, in order. */
  asked: { path: string; query: string; headers: IncomingMessage['headers'] }[]
  close(): Promise<void>
}

export async function startFakePrometheus(measured: Measured = {}): Promise<FakePrometheus> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://prometheus')
    const query = searchParams.get('query') ?? ''
    fake.asked.push({ path: pathname, query, headers: request.headers })
    if (fake.says === 'nothing') return
    if (pathname.endsWith('/status/buildinfo')) response.end('{"status":"success","data":{"version":"3.5.0"}}')
    else if (typeof fake.says === 'function') fake.says(response)
    else {
      const data = pathname.endsWith('/query_range') ? matrix(fake, searchParams) : vector(fake, searchParams)
      response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ status: 'success', data, warnings: fake.warnings }))
    }
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const fake: FakePrometheus = {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    server,
    measured,
    warnings: [],
    says: 'all',
    asked: [],
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  return fake
}

function portOf(address: string | AddressInfo | null): number {
  return address !== null && typeof address === 'object' ? address.port : 0
}

function measuredBy({ measured }: FakePrometheus, query: string) {
  if (query.startsWith('count(')) return measured.count ?? []
  if (query.includes('response_code')) return measured.errors ?? []
  return measured[/(?:container|istio)_\w+/.exec(query)?.[0] ?? ''] ?? []
}

function vector(fake: FakePrometheus, params: URLSearchParams) {
  const time = Number(params.get('time'))
  const result = measuredBy(fake, params.get('query') ?? '').map(({ labels, value }) => ({
    metric: labels,
    value: [time, String(value)],
  }))
  return { resultType: 'vector', result }
}

function matrix(fake: FakePrometheus, params: URLSearchParams) {
  const [start, end, step] = ['start', 'end', 'step'].map((each) => Number(params.get(each)))
  const times = Array.from(
    { length: ((end ?? 0) - (start ?? 0)) / (step ?? 1) + 1 },
    (_, index) => (start ?? 0) + index * (step ?? 1),
  )
  const result = measuredBy(fake, params.get('query') ?? '').map(({ labels, value }) => ({
    metric: labels,
    values: times.map((time) => [time, String(value)]),
  }))
  return { resultType: 'matrix', result }
}
