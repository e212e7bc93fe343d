import { createHash, randomBytes } from 'node:crypto'
import type { Duplex } from 'node:stream'

/** An open WebSocket (RFC 6455, no extensions) of binary messages. Pings are answered; closing is understood. */
export type WebSocketLink = {
  /** Ends with the other side's goodbye; throws what the socket threw and WebSocketError. */
  messages: AsyncIterable<Buffer>
  /** Resolves when the socket has taken it. */
  send(message: Buffer): Promise<void>
  /** Says goodbye and hangs up. */
  close(): void
}

/** The other side broke the protocol, sent a message that is too long, or was cut off. */
export class WebSocketError extends Error {
  override readonly name = 'WebSocketError'
}

export type WebSocketOptions = {
  /** Clients mask what they send, servers must not. */
  masks: boolean
  /** Bytes of one message at most. */
  most: number
}

/** What a client sends as `Sec-WebSocket-Key`. */
export function websocketKey(): string {
  return randomBytes(16).toString('base64')
}

/** What a server answers to it as `Sec-WebSocket-Accept`. */
export function websocketAccept(key: string): string {
  return createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
}

const opcode = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const

/** Speaks over a connection that has been upgraded. */
export function openWebSocket(socket: Duplex, { masks, most }: WebSocketOptions): WebSocketLink {
  const write = (code: number, payload: Buffer) =>
    new Promise<void>((resolve, reject) => {
      socket.write(frameOf(code, payload, masks), (error) => (error ? reject(error) : resolve()))
    })
  return {
    messages: messagesOf(socket, { most, pong: (payload) => write(opcode.pong, payload) }),
    send: (message) => write(opcode.binary, message),
    close() {
      if (!socket.writableEnded && !socket.destroyed)
        socket.end(frameOf(opcode.close, Buffer.from([0x03, 0xe8]), masks))
    },
  }
}

async function* messagesOf(
  socket: AsyncIterable<Buffer>,
  { most, pong }: { most: number; pong: (payload: Buffer) => Promise<void> },
): AsyncGenerator<Buffer, void, undefined> {
  let parts: Buffer[] = []
  let size = 0
  for await (const { code, last, payload } of framesOf(socket, most)) {
    if (code === opcode.close) return
    if (code === opcode.ping) await pong(payload)
    if (code > opcode.binary) continue
    parts.push(payload)
    size += payload.length
    if (size > most) throw new WebSocketError(`a message of more than ${most} bytes`)
    if (!last) continue
    yield Buffer.concat(parts)
    parts = []
    size = 0
  }
  throw new WebSocketError('the connection ended without a goodbye')
}

type Frame = { code: number; last: boolean; payload: Buffer; end: number }

async function* framesOf(chunks: AsyncIterable<Buffer>, most: number): AsyncGenerator<Frame, void, undefined> {
  let kept = Buffer.alloc(0)
  for await (const chunk of chunks) {
    kept = Buffer.concat([kept, chunk])
    for (let frame = frameIn(kept, most); frame !== undefined; frame = frameIn(kept, most)) {
      kept = kept.subarray(frame.end)
      yield frame
    }
  }
}

/** The first frame of these bytes, when they hold all of it. */
function frameIn(bytes: Buffer, most: number): Frame | undefined {
  const [first = 0, second = 0] = bytes
  const length = lengthIn(bytes)
  if (length === undefined) return undefined
  if ((first & 0x70) !== 0) throw new WebSocketError('a frame of an extension that was not agreed on')
  if (length.value > most) throw new WebSocketError(`a frame of more than ${most} bytes`)
  const masked = (second & 0x80) !== 0
  const start = length.end + (masked ? 4 : 0)
  const end = start + length.value
  if (bytes.length < end) return undefined
  const raw = bytes.subarray(start, end)
  const payload = masked ? maskedWith(raw, bytes.subarray(length.end, start)) : raw
  return { code: first & 0x0f, last: (first & 0x80) !== 0, payload, end }
}

/** How long the payload is, and where the length ends: after one, two or eight bytes of it. */
function lengthIn(bytes: Buffer): { value: number; end: number } | undefined {
  const second = bytes[1]
  if (second === undefined) return undefined
  const short = second & 0x7f
  if (short < 126) return { value: short, end: 2 }
  if (short === 126) return bytes.length < 4 ? undefined : { value: bytes.readUInt16BE(2), end: 4 }
  return bytes.length < 10 ? undefined : { value: Number(bytes.readBigUInt64BE(2)), end: 10 }
}

function frameOf(code: number, payload: Buffer, masks: boolean): Buffer {
  const { length } = payload
  const head = Buffer.alloc(length < 126 ? 2 : length < 0x10000 ? 4 : 10)
  head[0] = 0x80 | code
  const mark = masks ? 0x80 : 0
  if (head.length === 2) head[1] = mark | length
  else if (head.length === 4) {
    head[1] = mark | 126
    head.writeUInt16BE(length, 2)
  } else {
    head[1] = mark | 127
    head.writeBigUInt64BE(BigInt(length), 2)
  }
  if (!masks) return Buffer.concat([head, payload])
  const mask = randomBytes(4)
  return Buffer.concat([head, mask, maskedWith(payload, mask)])
}

function maskedWith(payload: Buffer, mask: Buffer): Buffer {
  return Buffer.from(payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0)))
}
