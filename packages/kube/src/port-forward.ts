import { Duplex, Readable, Writable } from 'node:stream'
import { callbackify } from 'node:util'
import type { WebSocketLink } from './websocket.ts'

/**
 * The protocol of `pods/portforward` over WebSocket that every kubelet speaks (Kubernetes 1.29 to 1.36: cri-streaming
 * pkg/streaming/portforward/websocket.go): per port a channel of data and one of errors, each message begins with its
 * channel, and each channel with the port's two bytes. API servers hand it on as it is; the newer
 * `SPDY/3.1+portforward.k8s.io` would be SPDY inside WebSocket and gains nothing for one connection.
 */
export const portForwardProtocol = 'v4.channel.k8s.io'

export const portForwardChannel = { data: 0, error: 1 } as const

/** Bytes of one message at most; kubelets copy in pieces of 32 KiB. */
export const portForwardMessageBytes = 1024 * 1024

const portBytes = 2

export type PortFailures = {
  /** What the kubelet says when it gets no connection in the Pod. */
  refused: (words: string) => Error
  /** What the socket threw. */
  broken: (thrown: unknown) => Error
}

/** The one forwarded port as a connection. */
export function portStream(link: WebSocketLink, failures: PortFailures): Duplex {
  const send = callbackify((chunk: Buffer) => link.send(Buffer.concat([Buffer.from([portForwardChannel.data]), chunk])))
  const writable = new Writable({
    write: (chunk: Buffer, _encoding, done) =>
      send(chunk, (error: unknown) => done(error === null ? undefined : failures.broken(error))),
  })
  return Duplex.from({ readable: Readable.from(dataOf(link, failures), { objectMode: false }), writable })
}

async function* dataOf(
  link: WebSocketLink,
  { refused, broken }: PortFailures,
): AsyncGenerator<Buffer, void, undefined> {
  const announced = new Set<number>()
  let heard = false
  const messages = link.messages[Symbol.asyncIterator]()
  for (;;) {
    const next = await messages.next().catch((error: unknown) => {
      throw broken(error)
    })
    if (next.done === true) break
    const [channel = portForwardChannel.data] = next.value
    const content = next.value.subarray(announced.has(channel) ? 1 : 1 + portBytes)
    announced.add(channel)
    if (content.length === 0) continue
    if (channel === portForwardChannel.error) throw refused(content.toString('utf8'))
    heard = true
    yield content
  }
  if (!heard) throw refused('the connection was closed without an answer')
}
