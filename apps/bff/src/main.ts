import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { textAt } from '@orbweaver/contracts/json'
import { type Logger, pino } from 'pino'
import { openEngine } from './engine.ts'
import { readSettings, type Settings } from './env.ts'
import { parsePersonas } from './identity/personas.ts'
import { followStartKubeconfig, readStartKubeconfig, type StartKubeconfig } from './kube/start-kubeconfig.ts'
import { type RunningServer, type StartOptions, startServer } from './start.ts'

/** Exit codes: 2 = started wrongly (one line says how), 1 = went down by itself. */
const startedWrongly = 2

async function run(settings: Settings): Promise<void> {
  const log = pino({ level: settings['log-level'], base: { instance: settings.instance } })
  try {
    const server = await startServer(startOptions(settings, log))
    log.info({ address: server.address, mode: settings.mode }, 'listening')
    endOnSignals(server, log)
  } catch (error) {
    refuse(inWords(error, settings))
  }
}

function startOptions(settings: Settings, log: Logger): StartOptions {
  const start = readStartKubeconfig(settings.kubeconfig, settings.context)
  const { personas, 'tls-cert': cert, 'tls-key': key, console: consoleDirectory } = settings
  return {
    mode: settings.mode,
    ...connectionsOf(start),
    renewals: (take) => followStartKubeconfig(start, { log, take: (renewed) => take(connectionsOf(renewed)) }),
    personas: personas === undefined ? [] : named(personas, () => parsePersonas(readFileSync(personas, 'utf8'))),
    readOnly: settings['read-only'],
    frameAncestors: settings['frame-ancestors'],
    version: ownVersion(),
    log,
    host: settings.host,
    port: settings.port,
    tls:
      cert === undefined || key === undefined
        ? undefined
        : { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') },
    behindTls: settings['behind-tls'],
    consoleDirectory,
    verdictTtlMs: settings['verdict-seconds'] * 1_000,
    engine: (parts) =>
      openEngine({
        ...parts,
        holder: settings.instance,
        leaseSeconds: settings['lease-seconds'],
        readOnly: settings['read-only'],
      }),
  }
}

function connectionsOf({ hub, context, contexts }: StartKubeconfig): Pick<StartOptions, 'hub' | 'offered'> {
  return { hub, offered: contexts.filter((each) => each.context !== context) }
}

function named<Value>(file: string, read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

function ownVersion(): string {
  const text = readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8')
  return textAt(JSON.parse(text), 'version') ?? '0'
}

/** A second signal, or a parent that is gone twice, does not wait any longer. */
function endOnSignals(server: RunningServer, log: Logger): void {
  let ending = false
  const end = (signal: string) => {
    if (ending) process.exit(1)
    ending = true
    log.info({ signal }, 'draining')
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ message: String(error) }, 'not ended in order')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
}

function inWords(error: unknown, { host, port }: Settings): string {
  const code = textAt(error, 'code')
  if (code === 'EADDRINUSE') return `port ${port} on ${host} is taken`
  if (code === 'EACCES' && textAt(error, 'syscall') === 'listen') return `port ${port} may not be opened by this user`
  if (code === 'EADDRNOTAVAIL') return `${host} is not an address of this machine`
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? ''
}

function refuse(problem: string): void {
  process.stderr.write(`orbweaver: ${problem}\n`)
  process.exitCode = startedWrongly
}

const outcome = readSettings()
if (outcome.ok) await run(outcome.settings)
else refuse(outcome.problem)
