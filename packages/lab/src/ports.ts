import { createServer, type Server } from 'node:net'

const listen = (): Promise<{ readonly server: Server; readonly port: number }> =>
  new Promise((done, fail) => {
    const server = createServer()
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (address === null || typeof address === 'string') fail(new Error('a TCP server has no port'))
      else done({ server, port: address.port })
    })
  })

/** Free loopback ports. All are held open until the last is found, so that none is given twice. */
export const freePorts = async (count: number): Promise<readonly number[]> => {
  const held = await Promise.all(Array.from({ length: count }, listen))
  await Promise.all(held.map(({ server }) => new Promise((closed) => server.close(closed))))
  return held.map(({ port }) => port)
}
