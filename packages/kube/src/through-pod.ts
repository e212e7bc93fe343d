import { type IncomingMessage, request as httpRequest } from 'node:http'
import type { Duplex } from 'node:stream'
import { bodyOf, type Reading } from './answer.ts'
import type { Caller } from './caller.ts'
import type { KubeClient, PodAnswer, PodRequest } from './client.ts'
import { KubeError } from './error.ts'
import { type Guard, orAborted } from './guard.ts'
import { firstOf } from './headers.ts'
import { objectPath, type Path } from './paths.ts'
import { portForwardMessageBytes, portForwardProtocol, portStream } from './port-forward.ts'
import { pods } from './resources.ts'
import type { Upgraded } from './transport.ts'
import { openWebSocket, websocketAccept, websocketKey } from './websocket.ts'

const defaultMostBytes = 8 * 1024 * 1024

/** GET requests to processes in Pods, by the way of `kubectl port-forward`. */
export function throughPodOf(caller: Caller): Pick<KubeClient, 'getThroughPod'> {
  return {
    async getThroughPod(pod, { port, path, accept, maxAnswerBytes = defaultMostBytes, ...options }) {
      const way = caller.path(wayTo(objectPath(pods, { ...pod, subresource: 'portforward' }), { port, path }))
      const key = websocketKey()
      // The kubelet's router answers 406 to a wish for JSON: an upgrade has no content type.
      const call = caller.call({ ...options, method: 'GET', path: way, accept: '*/*' })
      const headers = {
        ...call.headers,
        'sec-websocket-key': key,
        'sec-websocket-version': '13',
        'sec-websocket-protocol': portForwardProtocol,
      }
      return caller.transport.upgraded({ ...call, headers }, (upgraded) => {
        checkHandshake(caller.cluster, upgraded, key)
        return ask(upgraded, { port, path, accept: accept ?? 'application/json', most: maxAnswerBytes })
      })
    },
  }
}

/** The port is told in the query: one is all that is asked for. */
function wayTo(pod: Path, { port, path }: Pick<PodRequest, 'port' | 'path'>): Path {
  if (!pod.ok) return pod
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return { ok: false, problem: 'not a port' }
  if (!/^\/[\x21-\x7e]*$/.test(path)) return { ok: false, problem: 'not a path' }
  return { ok: true, path: `${pod.path}?ports=${port}` }
}

function checkHandshake(cluster: string, { headers }: Upgraded, key: string): void {
  const accepted = firstOf(headers['sec-websocket-accept']) === websocketAccept(key)
  const agreed = firstOf(headers['sec-websocket-protocol']) === portForwardProtocol
  if (accepted && agreed) return
  const message = 'the server upgraded to something else than a forwarded port'
  throw new KubeError({ code: 'bad_answer', cluster, message, reason: 'Handshake' })
}

type Question = Pick<Required<PodRequest>, 'port' | 'path' | 'accept'> & { most: number }

async function ask({ socket, guard, failure, reading }: Upgraded, question: Question): Promise<PodAnswer> {
  const { cluster } = reading
  const link = openWebSocket(socket, { masks: true, most: portForwardMessageBytes })
  const unreachable = (message: string, reason: string) =>
    new KubeError({ code: 'pod_unreachable', cluster, message: reading.redact(message), reason })
  // Why the connection ended: the HTTP parser only notices that it did.
  let ended: KubeError | undefined
  const stream = portStream(link, {
    refused: (words) => (ended ??= unreachable(words, 'PortForward')),
    broken: (thrown) => (ended ??= failure(thrown)),
  })
  stream.on('error', () => undefined)
  try {
    return await answered(stream, { question, reading: { ...reading, most: question.most }, guard })
  } catch (thrown) {
    if (ended !== undefined) throw ended
    const error = failure(thrown)
    throw error.code === 'unreachable' ? unreachable(error.message, 'HungUp') : error
  } finally {
    stream.destroy()
  }
}

type Asking = { question: Question; reading: Reading; guard: Guard }

async function answered(stream: Duplex, { question, reading, guard }: Asking): Promise<PodAnswer> {
  const response = new Promise<IncomingMessage>((resolve, reject) => {
    const { path, port, accept } = question
    const headers = { host: `localhost:${port}`, accept, 'accept-encoding': 'gzip', connection: 'close' }
    httpRequest({ method: 'GET', path, headers, createConnection: () => stream })
      .on('response', resolve)
      .on('error', reject)
      .end()
  })
  const body = await orAborted(response, guard.signal)
  const status = body.statusCode ?? 0
  const answer = bodyOf({ statusCode: status, headers: body.headers, body }, reading)
  return { status, body: await orAborted(answer, guard.signal) }
}
