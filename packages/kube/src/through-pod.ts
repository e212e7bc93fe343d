import { type IncomingMessage, request as httpRequest } from 'node:http'
import type { Duplex } from 'node:stream'
import { bodyOf, type Reading } from './answer.ts'
import type { Caller } from './caller.ts'
import type { CallOptions, KubeClient, PodAnswer, PodRequest, Target } from './client.ts'
import { KubeError } from './error.ts'
import { type Guard, orAborted } from './guard.ts'
import { firstOf } from './headers.ts'
import { objectPath, type Path } from './paths.ts'
import { presentedBy } from './peer-certificates.ts'
import { portForwardMessageBytes, portForwardProtocol, portStream } from './port-forward.ts'
import { pods } from './resources.ts'
import type { Upgraded } from './transport.ts'
import { openWebSocket, websocketAccept, websocketKey } from './websocket.ts'

const defaultMostBytes = 8 * 1024 * 1024

type Forwarding = CallOptions & { pod: Target; port: number }
/** What is done with the connection to the port. */
type Speak<Told> = (stream: Duplex, upgraded: Upgraded) => Promise<Told>

/** Connections to processes in Pods, by the way of `kubectl port-forward`. */
export function throughPodOf(caller: Caller): Pick<KubeClient, 'getThroughPod' | 'certificatesThroughPod'> {
  return {
    async getThroughPod(pod, { port, path, accept = 'application/json', headers = {}, maxAnswerBytes, ...options }) {
      if (!/^\/[\x21-\x7e]*$/.test(path)) caller.path({ ok: false, problem: 'not a path' })
      const most = maxAnswerBytes ?? defaultMostBytes
      return forwarded(caller, { ...options, pod, port }, (stream, { guard, reading }) =>
        answered(stream, { question: { port, path, accept, headers }, reading: { ...reading, most }, guard }),
      )
    },
    async certificatesThroughPod(pod, { port, ...options }) {
      return forwarded(caller, { ...options, pod, port }, (stream, { guard }) => presentedBy(stream, guard.signal))
    },
  }
}

async function forwarded<Told>(
  caller: Caller,
  { pod, port, ...options }: Forwarding,
  speak: Speak<Told>,
): Promise<Told> {
  const way = caller.path(wayTo(objectPath(pods, { ...pod, subresource: 'portforward' }), port))
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
    return overPort(upgraded, speak)
  })
}

/** The port is told in the query: one is all that is asked for. */
function wayTo(pod: Path, port: number): Path {
  if (!pod.ok) return pod
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return { ok: false, problem: 'not a port' }
  return { ok: true, path: `${pod.path}?ports=${port}` }
}

function checkHandshake(cluster: string, { headers }: Upgraded, key: string): void {
  const accepted = firstOf(headers['sec-websocket-accept']) === websocketAccept(key)
  const agreed = firstOf(headers['sec-websocket-protocol']) === portForwardProtocol
  if (accepted && agreed) return
  const message = 'the server upgraded to something else than a forwarded port'
  throw new KubeError({ code: 'bad_answer', cluster, message, reason: 'Handshake' })
}

async function overPort<Told>(upgraded: Upgraded, speak: Speak<Told>): Promise<Told> {
  const { socket, failure, reading } = upgraded
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
    return await speak(stream, upgraded)
  } catch (thrown) {
    if (ended !== undefined) throw ended
    const error = failure(thrown)
    throw error.code === 'unreachable' ? unreachable(error.message, 'HungUp') : error
  } finally {
    stream.destroy()
  }
}

type Question = Pick<Required<PodRequest>, 'port' | 'path' | 'accept' | 'headers'>
type Asking = { question: Question; reading: Reading; guard: Guard }

async function answered(stream: Duplex, { question, reading, guard }: Asking): Promise<PodAnswer> {
  const response = new Promise<IncomingMessage>((resolve, reject) => {
    const { path, port, accept } = question
    const own = { host: `localhost:${port}`, accept, 'accept-encoding': 'gzip', connection: 'close' }
    const headers = { ...question.headers, ...own }
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
