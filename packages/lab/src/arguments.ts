import { parseArgs } from 'node:util'
import { planOf, type Wish } from './wish.ts'
import { describeWorlds } from './worlds/lab-world.ts'

type Command = 'build' | 'up' | 'down' | 'status' | 'agent'

export type Invocation =
  | { readonly kind: 'run'; readonly command: Command; readonly wish: Wish; readonly dir: string | undefined }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly reason: string }

/** `agent` is what `up` starts in the background, and no command for people. */
const commands = ['build', 'up', 'down', 'status', 'agent'] as const
const fewest = 1
const most = 9

const options = {
  clusters: { type: 'string' },
  worlds: { type: 'string' },
  kubelets: { type: 'string' },
  dir: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

export const parseInvocation = (argv: readonly string[]): Invocation => {
  try {
    const { values, positionals } = parseArgs({ args: [...argv], allowPositionals: true, options })
    if (values.help === true || positionals[0] === 'help') return { kind: 'help' }
    const command = commands.find((name) => name === positionals[0])
    if (command === undefined || positionals.length > 1) {
      return { kind: 'wrong', reason: `one command is needed: ${commands.slice(0, -1).join(', ')}` }
    }
    return { kind: 'run', command, wish: wishOf(values), dir: values.dir }
  } catch (error) {
    return { kind: 'wrong', reason: error instanceof Error ? error.message : String(error) }
  }
}

type Values = { readonly clusters?: string; readonly worlds?: string; readonly kubelets?: string }

const wishOf = ({ clusters: count, worlds, kubelets }: Values): Wish => {
  const clusters = count === undefined ? undefined : Number(count)
  if (clusters !== undefined && (!Number.isInteger(clusters) || clusters < fewest || clusters > most)) {
    throw new Error(`--clusters takes ${fewest} to ${most}`)
  }
  const wish = { clusters, worlds: worlds?.split(','), kubelets: kubelets?.split(',') }
  planOf(wish) // throws when it cannot be
  return wish
}

const indent = ' '.repeat(20)

export const help = `The lab: real Kubernetes clusters with a real istiod, on loopback, without containers and without root.

  pnpm lab build    build the parts from the Go module proxy (about 15 minutes, once; kept in the cache)
  pnpm lab up       start a hub and its members, or find them up, and print their kubeconfigs
  pnpm lab status   what runs, and where
  pnpm lab down     end it, and remove every file

  --clusters N      how many, the hub included (default 3; one may hold meshes itself)
  --worlds LIST     what is in the members: CLUSTER=WORLD,…, or WORLD,… in their order, the last for all others too
                    ${describeWorlds(indent)}
  --kubelets LIST   versions of the nodes of each cluster: VERSION,… (default the API server's, the third a minor older)
  --dir DIR         the run directory (default $XDG_STATE_HOME/orbweaver-lab): one lab a directory
  --help            this text
`
