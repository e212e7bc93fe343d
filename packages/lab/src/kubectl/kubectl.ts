import { execFile } from 'node:child_process'
import { accessSync, constants, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { chosenKubectl, partEnvironment } from '../env.ts'

/** The kubectl to be tested with: $KUBECTL, or the one on the PATH, of whatever version; undefined where there is none. */
export function findKubectl(): string | undefined {
  const chosen = chosenKubectl()
  if (chosen !== undefined) return chosen
  const folders = (partEnvironment()['PATH'] ?? '').split(delimiter)
  return folders.map((each) => join(each, 'kubectl')).find(isProgram)
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    // Not there, or not to be run: the next one may be.
    return false
  }
}

type Outcome = { code: number; out: string; err: string }

type How = {
  /** Standard input. */
  input?: string
  environment?: Readonly<Record<string, string>>
}

export type Kubectl = {
  readonly namespace: string
  /** Runs it in the namespace and tells how it ended. */
  readonly run: (args: readonly string[], how?: How) => Promise<Outcome>
  /** What it writes to standard output; rejects when it fails. */
  readonly out: (...args: readonly string[]) => Promise<string>
  /** Applies this text. */
  readonly apply: (input: string, ...args: readonly string[]) => Promise<Outcome>
  /** Writes a file below the folder of this kubectl and gives its path. */
  readonly file: (name: string, content: string) => string
  /** What `run` starts, for commands that do not end. */
  readonly invocation: (args: readonly string[]) => { program: string; args: string[]; environment: NodeJS.ProcessEnv }
}

export type Access = { program: string; kubeconfig: string; context: string }

/** A command that hangs is ended after this many milliseconds. */
const patienceMs = 80_000

const colours = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g')

/** A kubectl with a home of its own: nothing of the developer's settings, plugins or caches. */
export function createKubectl({ program, kubeconfig, context }: Access, namespace: string): Kubectl {
  const folder = mkdtempSync(join(tmpdir(), 'kubectl-'))
  const config = join(folder, 'kubeconfig')
  writeFileSync(config, kubeconfig, { mode: 0o600 })
  const environment = partEnvironment({ HOME: folder, TMPDIR: folder, KUBECONFIG: config })
  const invocation = (args: readonly string[]) => {
    const [command = '', ...rest] = args
    return { program, args: [command, ...rest, '--context', context, '--namespace', namespace], environment }
  }
  const run: Kubectl['run'] = (args, { input = '', environment: own = {} } = {}) =>
    new Promise((done) => {
      const options = { env: { ...environment, ...own }, timeout: patienceMs, maxBuffer: 20_000_000 }
      const child = execFile(program, invocation(args).args, options, (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1
        done({ code, out: stdout.replaceAll(colours, ''), err: stderr.replaceAll(colours, '') })
      })
      child.stdin?.end(input)
    })
  return {
    namespace,
    run,
    out: async (...args) => {
      const { code, out, err } = await run(args)
      if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${err}`)
      return out
    },
    apply: (input, ...args) => run(['apply', '-f', '-', ...args], { input }),
    invocation,
    file: (name, content) => {
      const path = join(folder, name)
      writeFileSync(path, content)
      return path
    },
  }
}
