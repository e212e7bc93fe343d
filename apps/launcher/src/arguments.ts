import { parseArgs } from 'node:util'
import type { Environment } from './env.ts'

export type Start = {
  port: number
  host: string
  /** Real clusters; the embedded fleet without. */
  kubeconfig: string | undefined
  context: string | undefined
  world: string
  /** What is wrong in the embedded fleet: CLUSTER:NAME[=VALUE]. */
  faults: string[]
  readOnly: boolean
  logLevel: string
}

export type Invocation = { kind: 'start'; start: Start } | { kind: 'help' } | { kind: 'wrong'; problem: string }

export const help = `Orbweaver: a console for fleets of Istio meshes.

  npm start                                 the console on an embedded fleet of clusters
  npm start -- --kubeconfig FILE            the console on real clusters, acting as that kubeconfig

  --kubeconfig FILE    kubeconfig whose context is the hub
  --context NAME       its context, instead of the current one
  --world NAME         which embedded fleet (default demo)
  --fault FAULT        what is wrong in it, CLUSTER:NAME[=VALUE]; may be given again (pnpm sandbox --help)
  --port N             port to listen on, 0 for any that is free (default 8080, or PORT)
  --host ADDRESS       loopback address to listen on (default 127.0.0.1, or HOST)
  --read-only          refuse every change
  --log-level LEVEL    fatal, error, warn, info, debug or trace (default warn)
  --help               this text
`

const options = {
  port: { type: 'string' },
  host: { type: 'string' },
  kubeconfig: { type: 'string' },
  context: { type: 'string' },
  world: { type: 'string' },
  fault: { type: 'string', multiple: true },
  'read-only': { type: 'boolean' },
  'log-level': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

export function readInvocation(argv: readonly string[], environment: Environment): Invocation {
  try {
    const { values } = parseArgs({ args: [...argv], options, allowPositionals: false })
    return values.help === true ? { kind: 'help' } : startOf(values, environment)
  } catch (error) {
    return { kind: 'wrong', problem: error instanceof Error ? error.message : String(error) }
  }
}

type Values = {
  port?: string
  host?: string
  kubeconfig?: string
  context?: string
  world?: string
  fault?: string[]
  'read-only'?: boolean
  'log-level'?: string
}

function startOf(values: Values, environment: Environment): Invocation {
  const problem = contradiction(values)
  if (problem !== undefined) return { kind: 'wrong', problem }
  const { kubeconfig, context, world = 'demo', fault: faults = [] } = values
  const { 'read-only': readOnly = false, 'log-level': logLevel = 'warn' } = values
  const port = portOf(values.port ?? filled(environment.port) ?? '8080')
  if (port === undefined) return { kind: 'wrong', problem: 'a port is a number up to 65535' }
  const host = values.host ?? filled(environment.host) ?? '127.0.0.1'
  return { kind: 'start', start: { port, host, kubeconfig, context, world, faults, readOnly, logLevel } }
}

function contradiction({ kubeconfig, context, world, fault }: Values): string | undefined {
  if (kubeconfig !== undefined && world !== undefined)
    return '--world is the embedded fleet, --kubeconfig real clusters'
  if (kubeconfig !== undefined && fault !== undefined)
    return '--fault is of the embedded fleet, --kubeconfig real clusters'
  if (kubeconfig === undefined && context !== undefined) return '--context needs --kubeconfig'
  return undefined
}

function portOf(text: string): number | undefined {
  const port = Number(text)
  return /^\d{1,5}$/.test(text) && port <= 65_535 ? port : undefined
}

function filled(text: string | undefined): string | undefined {
  return text === '' ? undefined : text
}
