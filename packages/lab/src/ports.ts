import { randomInt } from 'node:crypto'
import { createServer, type Server } from 'node:net'

/**
 * Below the ports that Linux takes for outgoing connections and for whoever asks for any port (32768 and up): between
 * the finding of a port and the start of the part that listens there, nobody else is given it.
 */
const first = 20_000
const beyond = 32_000

const listenOn = (port: number): Promise<Server | undefined> =>
  new Promise((done) => {
    const server = createServer()
    server.once('error', () => done(undefined)) // taken
    server.listen(port, '127.0.0.1', () => done(server))
  })

/** Free loopback ports. All are held open until the last is found, so that none is given twice. */
export const freePorts = async (count: number): Promise<readonly number[]> => {
  const held = new Map<number, Server>()
  while (held.size < count) {
    const port = randomInt(first, beyond)
    const server = await listenOn(port)
    if (server !== undefined) held.set(port, server)
  }
  await Promise.all([...held.values()].map((server) => new Promise((closed) => server.close(closed))))
  return [...held.keys()]
}
