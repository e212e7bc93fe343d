import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { help, readInvocation, type Start } from './arguments.ts'
import { consoleBuild, fleetBuild, serverBuild } from './builds.ts'
import { type Child, startChild } from './child.ts'
import { readEnvironment } from './env.ts'
import { type Build, isMade, make } from './kept-build.ts'
import { fileProblem, findPort } from './preconditions.ts'
import { waitUntilReady } from './ready.ts'
import { type Fleet, startSandbox } from './sandbox.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const bffScript = join(root, 'apps/bff/dist/server.js')
const sandboxScript = join(root, 'packages/sandbox/dist/main.js')
const consoleDirectory = join(root, 'apps/console/dist/web')
/** The server drains for 10 s at most. */
const endMs = 12_000

const children: Child[] = []
let scratch: string | undefined
let ending = false
let ready = false
/** Whether a child said already why it does not start. */
let explained = false

async function start(wanted: Start): Promise<void> {
  const problem = problemOf(wanted)
  if (problem !== undefined) return refuse(problem)
  const found = await findPort(wanted.host, wanted.port)
  if (!found.ok) return refuse(found.problem)
  const { port } = found
  // The fleet starts while the console is being built: each takes a core for some seconds.
  const bundled = made(serverBuild(root)).then(() => made(consoleBuild(root)))
  const [fleet] = await Promise.all([fleetOf(wanted), bundled])
  if (wanted.kubeconfig === undefined && fleet === undefined) return end(1)
  const server = watched(
    startChild('server', [bffScript, ...serverArguments({ ...wanted, port }, fleet)], {
      out: show,
      complaint: (line) => complain([line]),
    }),
  )
  const address = `http://${wanted.host.includes(':') ? `[${wanted.host}]` : wanted.host}:${port}`
  if (!(await waitUntilReady(address, server.gone))) return
  ready = true
  show(`Orbweaver is ready: ${address}`)
}

/** One clear line before anything is started, instead of a stack trace after. */
function problemOf({ kubeconfig }: Start): string | undefined {
  return kubeconfig === undefined ? undefined : fileProblem(kubeconfig)
}

async function made(build: Build): Promise<void> {
  const keeping = { root, stamps: join(root, '.cache/builds') }
  if (isMade(build, keeping)) return
  show(`Building the ${build.name}`)
  await make(build, keeping)
}

/** None where there are real clusters, or where it ended instead of starting. */
async function fleetOf({ kubeconfig, world, faults }: Start): Promise<Fleet | undefined> {
  if (kubeconfig !== undefined) return undefined
  await made(fleetBuild(root))
  return ending ? undefined : embeddedFleet({ world, faults })
}

async function embeddedFleet(of: { world: string; faults: string[] }): Promise<Fleet | undefined> {
  const directory = mkdtempSync(join(tmpdir(), 'orbweaver-'))
  scratch = directory
  const { child, fleet } = await startSandbox({ script: sandboxScript, ...of, directory, onEnd: complain })
  watched(child)
  return fleet
}

function serverArguments(
  { host, port, kubeconfig, context, readOnly, logLevel }: Start,
  fleet: Fleet | undefined,
): string[] {
  const who =
    fleet === undefined
      ? ['--mode', 'self', '--kubeconfig', resolve(kubeconfig ?? '')]
      : ['--mode', 'local', '--kubeconfig', fleet.kubeconfig, '--personas', fleet.personas]
  const where = ['--host', host, '--port', String(port), '--console', consoleDirectory, '--log-level', logLevel]
  const named = context === undefined ? [] : ['--context', context]
  return [...who, ...where, ...named, ...(readOnly ? ['--read-only'] : [])]
}

/** One child's end is the end of all: half a console helps nobody. */
function watched(child: Child): Child {
  children.push(child)
  void child.gone.then(({ code, signal }) => {
    if (ending) return
    // One that refused to start has said why in a line of its own.
    if (ready || !explained)
      complain([`orbweaver: the ${child.name} ended by itself (${signal ?? `exit code ${code ?? 1}`})`])
    void end(code === 2 ? 2 : 1)
  })
  return child
}

async function end(code: number): Promise<void> {
  if (ending) return
  ending = true
  process.exitCode = code
  await Promise.all(children.map((child) => child.end(endMs)))
  if (scratch !== undefined) rmSync(scratch, { recursive: true, force: true })
  process.exit(code)
}

function complain(lines: readonly string[]): void {
  if (ending) return
  explained ||= lines.length > 0
  for (const line of lines) process.stderr.write(`${line}\n`)
}

function show(line: string): void {
  process.stdout.write(`${line}\n`)
}

function refuse(problem: string): void {
  process.stderr.write(`orbweaver: ${problem}\n`)
  process.exitCode = 2
}

const invocation = readInvocation(process.argv.slice(2), readEnvironment())
if (invocation.kind === 'help') process.stdout.write(help)
else if (invocation.kind === 'wrong') refuse(invocation.problem)
else {
  process.on('SIGINT', () => void end(0))
  process.on('SIGTERM', () => void end(0))
  try {
    await start(invocation.start)
  } catch (error) {
    complain([`orbweaver: ${error instanceof Error ? error.message : String(error)}`])
    await end(1)
  }
}
