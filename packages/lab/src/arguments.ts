import { parseArgs } from 'node:util'

type Command = 'build' | 'up' | 'down' | 'status' | 'agent'

export type Invocation =
  | { readonly kind: 'run'; readonly command: Command; readonly clusters: number; readonly dir: string | undefined }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly reason: string }

/** `agent` is what `up` starts in the background, and no command for people. */
const commands = ['build', 'up', 'down', 'status', 'agent'] as const
const fewest = 1
const most = 9

export const parseInvocation = (argv: readonly string[]): Invocation => {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { clusters: { type: 'string' }, dir: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    })
    if (values.help === true || positionals[0] === 'help') return { kind: 'help' }
    const command = commands.find((name) => name === positionals[0])
    if (command === undefined || positionals.length > 1) {
      return { kind: 'wrong', reason: `one command is needed: ${commands.slice(0, -1).join(', ')}` }
    }
    const clusters = Number(values.clusters ?? '3')
    if (!Number.isInteger(clusters) || clusters < fewest || clusters > most) {
      return { kind: 'wrong', reason: `--clusters takes ${fewest} to ${most}` }
    }
    return { kind: 'run', command, clusters, dir: values.dir }
  } catch (error) {
    return { kind: 'wrong', reason: error instanceof Error ? error.message : String(error) }
  }
}

export const help = `The lab: real Kubernetes clusters with a real istiod, on loopback, without containers and without root.

  pnpm lab build                  build the parts from the Go module proxy (about 15 minutes, once; kept in the cache)
  pnpm lab up [--clusters N]      start a hub and N-1 members (default 3 clusters; one may hold meshes itself) and print their kubeconfig
  pnpm lab status                 what runs, and where
  pnpm lab down                   end it, and remove every file

  --dir DIR    the run directory (default $XDG_STATE_HOME/orbweaver-lab): one lab a directory
  --help       this text
`
