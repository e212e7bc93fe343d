import { accessSync, constants, statSync } from 'node:fs'
import { createServer } from 'node:net'

export type Port = { ok: true; port: number } | { ok: false; problem: string }

/** A port that can be listened on: the one that is wanted, any free one for 0. Else why not, in one line. */
export async function findPort(host: string, port: number): Promise<Port> {
  const found = await tryToListen(host, port)
  switch (found) {
    case 'EADDRINUSE':
      return { ok: false, problem: `port ${port} on ${host} is taken; choose another with --port` }
    case 'EACCES':
      return { ok: false, problem: `port ${port} may not be opened by this user; choose one above 1023 with --port` }
    default:
      return typeof found === 'number'
        ? { ok: true, port: found }
        : { ok: false, problem: `cannot listen on ${host}: ${found}` }
  }
}

/** The port that was bound, or the code of the error. */
function tryToListen(host: string, port: number): Promise<number | string> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    server.listen(port, host, () => {
      const bound = server.address()
      server.close(() => resolve(typeof bound === 'object' && bound !== null ? bound.port : port))
    })
  })
}

export function fileProblem(file: string): string | undefined {
  const found = statSync(file, { throwIfNoEntry: false })
  if (found === undefined) return `there is no file ${file}`
  if (found.isDirectory()) return `${file} is a directory`
  try {
    accessSync(file, constants.R_OK)
    return undefined
  } catch {
    return `${file} cannot be read by this user`
  }
}
