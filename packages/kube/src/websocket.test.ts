import { createHash } from 'node:crypto'
import { duplexPair } from './testing/duplex-pair.ts'
import { expect, it } from 'vitest'
import { openWebSocket, WebSocketError, websocketAccept } from './websocket.ts'

it('accepts as RFC 6455 section 1.3 does', () => {
  expect(websocketAccept('dGhlIHNhbXBsZSBub25jZQ==')).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=')
})

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

/** A link, and the other end of its connection. */
function opened({ masks = false, most = 1_000_000 } = {}) {
  const [near, far] = duplexPair()
  return { link: openWebSocket(near, { masks, most }), far }
}

async function received(
  bytes: Buffer[],
  most = 1_000_000,
): Promise<{ messages: string[]; far: ReturnType<typeof opened>['far'] }> {
  const { link, far } = opened({ most })
  for (const each of bytes) far.write(each)
  far.end(hex('88 00'))
  const messages: string[] = []
  for await (const message of link.messages) messages.push(message.toString('latin1'))
  return { messages, far }
}

it('reads the frames of RFC 6455 section 5.7', async () => {
  const { messages } = await received([
    hex('81 05 48656c6c6f'),
    hex('81 85 37fa213d 7f9f4d5158'),
    hex('01 03 48656c 80 02 6c6f'),
  ])
  expect(messages).toEqual(['Hello', 'Hello', 'Hello'])
})

it('reads frames however they are cut', async () => {
  const whole = hex('82 05 48656c6c6f 82 00 01 03 48656c 89 02 7069 80 02 6c6f')
  const { messages } = await received([...whole].map((byte) => Buffer.from([byte])))
  expect(messages).toEqual(['Hello', '', 'Hello'])
})

it('answers pings, and ends with a goodbye', async () => {
  const { link, far } = opened()
  far.write(hex('89 05 48656c6c6f 8a 00 88 02 03e8 82 01 00'))
  for await (const message of link.messages) expect.unreachable(message.toString())
  expect(far.read()).toEqual(hex('8a 05 48656c6c6f'))
})

it('tells a cut connection from a goodbye', async () => {
  const { link, far } = opened()
  far.end(hex('82 01 00'))
  const heard: Buffer[] = []
  const listening = (async () => {
    for await (const message of link.messages) heard.push(message)
  })()
  await expect(listening).rejects.toThrow('without a goodbye')
  expect(heard).toEqual([hex('00')])
})

it('says goodbye once', () => {
  const { link, far } = opened()
  link.close()
  link.close()
  expect(far.read()).toEqual(hex('88 02 03e8'))
})

it.each([
  ['a long frame', '82 7e 0400'],
  ['a very long frame', '82 7f 0000000100000000'],
  ['a long message in frames', `02 7e 0200 ${'00'.repeat(512)} 00 7e 0200 ${'00'.repeat(512)}`],
  ['an extension', 'c2 00'],
])('refuses %s', async (_, bytes) => {
  await expect(received([hex(bytes)], 1000)).rejects.toThrow(WebSocketError)
})

it.each([5, 125, 126, 65_535, 65_536, 200_000])('carries %i bytes, masked and not', async (length) => {
  const message = Buffer.alloc(length, createHash('sha1').update(String(length)).digest())
  for (const masks of [true, false]) {
    const { link, far } = opened({ masks })
    const other = openWebSocket(far, { masks: !masks, most: 1_000_000 })
    void link.send(message)
    const heard: Buffer[] = []
    for await (const each of other.messages) {
      heard.push(each)
      break
    }
    expect(Buffer.concat(heard).equals(message)).toBe(true)
  }
})
