import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { openFront } from './front.ts'
import { bytesOf, send } from './http.ts'

test('a client that is gone before its connection is handed over takes nothing with it', async () => {
  const target = createServer((_request, response) => response.end('{}'))
  const asked = once(target, 'upgrade')
  await new Promise<void>((resolve) => void target.listen(0, '127.0.0.1', resolve))
  const address = target.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const endpoint = { server: `http://127.0.0.1:${port}` }
  const front = await openFront({ endpoint, admin: 'admin', breakage: { kind: 'form', off: 'nothing' } })
  try {
    const client = connect(Number(new URL(front.url).port), '127.0.0.1')
    client.write('GET /portforward HTTP/1.1\r\nHost: front\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
    await asked
    client.resetAndDestroy()
    await once(client, 'close')
    const answer = await send(
      { server: front.url },
      { method: 'GET', path: '/version', headers: {}, body: Buffer.alloc(0) },
    )
    expect((await bytesOf(answer)).toString()).toBe('{}')
  } finally {
    await front.close()
    target.closeAllConnections()
    target.close()
  }
})
