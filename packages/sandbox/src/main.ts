import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { stringify } from 'yaml'
import { messageOf } from './actors/controller.ts'
import { parseArguments, type SandboxArguments, USAGE } from './arguments.ts'
import { startControlEndpoint } from './control-endpoint.ts'
import type { NamedFault } from './fault-names.ts'
import { type Fleet, startFleet } from './fleet.ts'
import { namedWorld } from './worlds/named-world.ts'

const say = (line: string): void => void process.stderr.write(`${line}\n`)

type Files = { kubeconfig: string; admin: string; personas: string }

/** Credentials are written for their owner alone. */
async function writeFiles(fleet: Fleet, out: string): Promise<Files> {
  const folder = resolve(out)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const files = {
    kubeconfig: join(folder, 'kubeconfig.yaml'),
    admin: join(folder, 'admin.kubeconfig.yaml'),
    personas: join(folder, 'personas.yaml'),
  }
  const people = fleet.personas.map(({ id, name, user, groups, description }) => ({
    id,
    name,
    user,
    groups,
    description,
  }))
  const secret = { mode: 0o600 }
  await writeFile(files.kubeconfig, fleet.kubeconfig, secret)
  await writeFile(files.admin, fleet.adminKubeconfig, secret)
  await writeFile(files.personas, stringify(people))
  return files
}

/** Runs until a signal comes, or the parent goes. */
async function untilTold(withParent: boolean): Promise<void> {
  await new Promise<void>((done) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => done())
    if (!withParent) return
    process.stdin.once('end', () => done())
    process.stdin.once('close', () => done())
    process.stdin.resume()
  })
}

function bringAbout(fleet: Fleet, { cluster, change }: NamedFault): void {
  const member = fleet.clusters.get(cluster)
  if (member === undefined) throw new Error(`--fault: clusters are ${[...fleet.clusters.keys()].join(', ')}`)
  member.server.faults.set(change.faults)
  member.troubles.set(change.troubles)
}

async function run(options: SandboxArguments): Promise<void> {
  const began = Date.now()
  const world = await namedWorld(options.world)
  const port = options.portBase === undefined ? {} : { portBase: options.portBase }
  const fleet = await startFleet(world, { ...port, log: say })
  for (const fault of options.faults) bringAbout(fleet, fault)
  const control = await startControlEndpoint(fleet)
  const files = await writeFiles(fleet, options.out)
  for (const { name, server } of fleet.clusters.values()) say(`${name.padEnd(16)} ${server.url}`)
  say(`world ${world.name} ready in ${Date.now() - began} ms; kubeconfig ${files.kubeconfig}`)
  process.stdout.write(`${JSON.stringify({ ...files, control: { url: control.url, token: control.token } })}\n`)
  await untilTold(options.withParent)
  await control.close()
  await fleet.stop()
}

try {
  const options = parseArguments(process.argv.slice(2))
  if (options.help) say(USAGE)
  else await run(options)
  process.exit(0)
} catch (error) {
  say(`sandbox: ${messageOf(error)}`)
  process.exit(1)
}
