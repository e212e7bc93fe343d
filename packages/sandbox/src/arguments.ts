import { parseArgs } from 'node:util'
import { describeFaults, type NamedFault, parseFault } from './fault-names.ts'
import { describeWorlds } from './worlds/named-world.ts'

export type SandboxArguments = {
  world: string
  out: string
  portBase?: number
  faults: NamedFault[]
  withParent: boolean
  help: boolean
}

export const USAGE = `usage: pnpm sandbox [--world NAME] [--fault CLUSTER:NAME[=VALUE]]... [--out DIR] [--port-base N] [--with-parent]

  --world NAME     ${describeWorlds('                   ')}
  --fault FAULT    what is wrong in a cluster once the world stands; may be given again: ${describeFaults()}
  --out DIR        where kubeconfig.yaml, admin.kubeconfig.yaml and personas.yaml are written (default .sandbox)
  --port-base N    port of the hub's API server, members follow; any free ports without it
  --with-parent    ends when standard input ends, so that no sandbox outlives its launcher
`

/** Throws an Error fit for one line when an argument is unknown or wrong. */
export function parseArguments(argv: string[]): SandboxArguments {
  const { values } = parseArgs({
    args: argv,
    options: {
      world: { type: 'string', default: 'demo' },
      out: { type: 'string', default: '.sandbox' },
      'port-base': { type: 'string' },
      fault: { type: 'string', multiple: true, default: [] },
      'with-parent': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const base = values['port-base']
  const portBase = base === undefined ? undefined : Number(base)
  if (portBase !== undefined && !(Number.isInteger(portBase) && portBase > 0 && portBase < 65_000)) {
    throw new Error(`--port-base ${base} is not a port`)
  }
  const faults = values.fault.map(parseFault)
  const rest = { faults, world: values.world, out: values.out, withParent: values['with-parent'], help: values.help }
  return portBase === undefined ? rest : { ...rest, portBase }
}
