import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { emptyWorld } from '@orbweaver/sandbox/worlds/empty'
import { listAt, textAt } from '@orbweaver/contracts/json'
import { startConsole } from '../harness/console.ts'
import { startGatedFleet } from '../harness/gated-fleet.ts'
import { besideIstioctl } from './findings/beside-istioctl.ts'
import { atConstantRate } from './constant-rate.ts'
import { measuredBuilt } from './built.ts'
import { isBroken, type Measure, tableOf } from './budgets.ts'
import { launch, type Launched } from './launched.ts'
import { measureFleet } from './fleet.ts'
import { measureSandbox } from './sandbox.ts'
import { weights } from './weights.ts'

/**
 * Measures what design.md section 11 bounds, with `sandbox` the embedded fleet with world `large`, with `fleet` 50 clusters
 * of which 12 fail, and `--events`, with `findings` the judges on meshes of 300 and 1,000 namespaces. `--tolerance 2` lets
 * times be twice their budget, `--write` keeps the table.
 */
const root = join(import.meta.dirname, '..', '..', '..')
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    tolerance: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '10' },
    events: { type: 'string', default: '1000000' },
    write: { type: 'boolean', default: false },
  },
})
const tolerance = Number(values.tolerance)
const measures: Measure[] = []

function weigh(): void {
  const { shell, parts } = weights(join(root, 'apps/console/dist/web'))
  const kB = (bytes: number) => bytes / 1_000
  measures.push({ name: 'JavaScript of the shell, gzip', value: kB(shell), unit: 'kB', budget: 250, timed: false })
  for (const { name, bytes } of parts.filter((part) => isPage(part.name)).slice(0, 5)) {
    measures.push({ name: `more for ${name}`, value: kB(bytes), unit: 'kB', budget: 200, timed: false })
  }
}

/** Pages are what routes load; what pages load in their turn (pictures, editors) comes when it is looked at. */
function isPage(part: string): boolean {
  return part.startsWith('src/slices/') && part.endsWith('page.tsx')
}

async function fromTheStart(): Promise<void> {
  const first = await launch({ fresh: true })
  await first.stop()
  const launched = await launch({ fresh: false })
  try {
    for (const [name, { usableMs }] of [
      ['npm start to a usable console, nothing built', first],
      ['npm start to a usable console, again', launched],
    ] as const) {
      measures.push({ name, value: usableMs, unit: 'ms', budget: 15_000, timed: true })
    }
    await underLoad(launched)
    const resident = launched.residentBytes() / 1_048_576
    measures.push({ name: 'memory of the server after that', value: resident, unit: 'MB', budget: 1_024, timed: false })
  } finally {
    await launched.stop()
  }
}

const pages = ['/clusters', '/meshes', '/start', '/changes', '/session']

async function underLoad({ ada }: Launched): Promise<void> {
  const mesh = textAt(listAt((await ada.get('/meshes')).body, 'items')[0], 'name')
  const ofMesh =
    mesh === undefined ? [] : [`/meshes/${mesh}`, `/meshes/${mesh}/objects`, `/meshes/${mesh}/sidecars/namespaces`]
  const paths = [...pages, ...ofMesh]
  // The first answers ask the clusters what Ada may see: that is kept for half a minute.
  for (const path of paths) await ada.get(path)
  const { p50, p99 } = await atConstantRate({ perSecond: 50, seconds: Number(values.seconds) }, async (index) => {
    const { status } = await ada.get(paths[index % paths.length] ?? '')
    if (status !== 200) throw new Error(`an answer of ${status} is none`)
  })
  measures.push({ name: 'API at 50 requests a second, median', value: p50, unit: 'ms', budget: 50, timed: true })
  measures.push({ name: 'API at 50 requests a second, p99', value: p99, unit: 'ms', budget: 50, timed: true })
}

async function inTheDark(): Promise<void> {
  const world = emptyWorld()
  const fleet = await startGatedFleet({
    ...world,
    members: world.members.map((each) => ({ ...each, registered: true })),
  })
  for (const { server } of fleet.fleet.clusters.values()) server.faults.set({ blackHole: true })
  const startedAt = performance.now()
  const console = await startConsole({ ...fleet.files, instance: 'bench' })
  measures.push({
    name: 'server ready, every cluster black-holed',
    value: performance.now() - startedAt,
    unit: 'ms',
    budget: 5_000,
    timed: true,
  })
  await console.stop()
  await fleet.stop()
}

/** Figures of a machine that had more to do than this are worth less. */
function loadedBy(): string {
  const load = loadavg()[1] ?? 0
  return load > 1.5 * cpus().length ? `, while it had more to do (load ${load.toFixed(0)})` : ''
}

/** Tables stand between marks, each bench between its own. */
function keep(table: string, mark: string): void {
  const file = join(root, 'docs/benchmarks.md')
  const [cpu] = cpus()
  const machine = `${cpus().length} × ${cpu?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}${loadedBy()}`
  const [start, end] = [`<!-- ${mark} -->`, `<!-- /${mark} -->`]
  const section = `${start}\n${new Date().toISOString().slice(0, 10)}, ${machine}\n\n${table}\n${end}`
  const before = readFileSync(file, 'utf8')
  const [head = '', rest] = before.split(start)
  const tail = rest?.split(end)[1]
  if (tail === undefined) throw new Error(`docs/benchmarks.md has no ${start} … ${end}`)
  writeFileSync(file, `${head}${section}${tail}`)
}

const say = (text: string) => void process.stdout.write(`${text}\n`)
const [which = ''] = positionals
switch (which) {
  case 'sandbox':
    measures.push(...(await measureSandbox(Number(values.seconds))))
    break
  case 'fleet':
    measures.push(...(await measureFleet(Number(values.events), say)))
    break
  case 'findings':
    measures.push(...measuredBuilt('findings'), ...(await besideIstioctl(say)))
    break
  case '':
    await fromTheStart()
    weigh()
    await inTheDark()
    break
  default:
    throw new Error(`there is no bench ${which}: sandbox, fleet, findings`)
}
const table = tableOf(measures, tolerance)
process.stdout.write(`${table}\n`)
if (values.write) keep(table, `bench ${which}`.trim())
const broken = measures.filter((each) => isBroken(each, tolerance))
if (broken.length > 0) process.stdout.write(`\nover budget: ${broken.map(({ name }) => name).join(', ')}\n`)
process.exit(broken.length > 0 ? 1 : 0)
