import { accessSync, constants, existsSync } from 'node:fs'
import { createServer } from 'node:net'

/** Why a start would fail, in one line; undefined when nothing speaks against it. */
export async function portProblem(host: string, port: number): Promise<string | undefined> {
  const code = await tryToListen(host, port)
  switch (code) {
    case undefined:
      return undefined
    case 'EADDRINUSE':
      return `port ${port} on ${host} is taken; choose another with --port`
    case 'EACCES':
      return `port ${port} may not be opened by this user; choose one above 1023 with --port`
    default:
      return `cannot listen on ${host}: ${code}`
  }
}

function tryToListen(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    server.listen(port, host, () => server.close(() => resolve(undefined)))
  })
}

export function fileProblem(file: string): string | undefined {
  if (!existsSync(file)) return `there is no file ${file}`
  try {
    accessSync(file, constants.R_OK)
    return undefined
  } catch {
    return `${file} cannot be read by this user`
  }
}
