import { parseArgs } from 'node:util'
import { type KubernetesObject, splitApiVersion } from '@orbweaver/contracts/kubernetes'
import { buildJudges } from '../../build.ts'
import { foldersIn } from '../folders.ts'
import { validate, type World } from '../real-judges.ts'

/** What a comparison is about. */
type Differing = { readonly world: { readonly objects: readonly KubernetesObject[]; readonly meshConfig?: string } }

/** What is asked of Istio's code, with what has to be built and made for it, and of one of our simulators. */
type Comparison<Compared, Program> = {
  readonly command: string
  readonly things: string
  readonly program: (say: (line: string) => void) => Promise<Program>
  readonly compare: (program: Program, seeds: readonly number[]) => Promise<readonly Compared[]>
  /** Of somebody's own YAML, where that can be asked about. */
  readonly compareFolders?: (program: Program, worlds: readonly World[]) => Promise<readonly Compared[]>
  readonly differs: (each: Compared) => boolean
  readonly brief: (each: Compared) => string
  readonly smallest: (program: Program, of: Compared) => Promise<Compared>
  readonly record: (all: readonly Compared[], seed: number) => void
}

const usage = (
  command: string,
  things: string,
): string => `pnpm ${command} [--seed N] [--count N] [--only TEXT] [--show] [--write | --folder DIR]

  --seed N     the first world (default 1); the same number, the same world and ${things}
  --count N    how many worlds of 24 ${things} (default 25)
  --only TEXT  differences whose lines have this text
  --show       the first three that differ, in worlds as small as they get
  --folder DIR instead of generated worlds each folder of YAML below DIR, with Pods made of its workloads
  --write      write the figures into docs/agreement.md
`

const shown = 3
const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** The command line of a comparison; its exit code. */
export async function runComparison<Compared extends Differing, Program>(
  of: Comparison<Compared, Program>,
): Promise<number> {
  const wish = wishOf(of.compareFolders !== undefined)
  if (wish === undefined) {
    process.stderr.write(usage(of.command, of.things))
    return 2
  }
  const { seed, count, folder, only, shows, writes } = wish
  const program = await of.program(say)
  const seeds = Array.from({ length: count }, (_, index) => seed + index)
  const all = await (folder === undefined ? of.compare(program, seeds) : ofFolder(of, program, folder))
  const different = all.filter((each) => of.differs(each) && of.brief(each).includes(only))
  for (const each of different.slice(0, shows ? shown : 0)) show(of, await of.smallest(program, each))
  for (const each of different.slice(shows ? shown : 0)) say(of.brief(each))
  say(`${different.length} of ${all.length} ${of.things} differ`)
  if (writes) of.record(all, seed)
  return different.length === 0 ? 0 : 1
}

/** What the command line asks for; undefined where that cannot be. */
function wishOf(takesFolders: boolean) {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      count: { type: 'string', default: '25' },
      only: { type: 'string', default: '' },
      folder: { type: 'string' },
      show: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  })
  const { folder, only, show: shows } = values
  const [seed, count] = [Number(values.seed), Number(values.count)]
  const isAskable = folder === undefined || (takesFolders && !values.write)
  if (!Number.isInteger(seed) || !Number.isInteger(count) || !isAskable) return undefined
  return { seed, count, folder, only, shows, writes: values.write }
}

async function ofFolder<Compared, Program>(of: Comparison<Compared, Program>, program: Program, folder: string) {
  return (await of.compareFolders?.(program, await acceptedIn(folder))) ?? []
}

/** What its webhook judges. */
const isOfIstio = ({ apiVersion }: KubernetesObject): boolean => splitApiVersion(apiVersion).group.endsWith('.istio.io')

/** Folders of YAML without what istiod would not let in. */
async function acceptedIn(folder: string): Promise<readonly World[]> {
  const program = await buildJudges(say)
  const worlds = foldersIn(folder)
  const verdicts = await validate(
    program,
    worlds.flatMap(({ objects }) => objects),
  )
  let next = 0
  return worlds.map((world) => ({
    ...world,
    objects: world.objects.filter((each) => verdicts[next++]?.allowed !== false || !isOfIstio(each)),
  }))
}

function show<Compared extends Differing, Program>({ brief }: Comparison<Compared, Program>, each: Compared): void {
  say(`--- ${brief(each)}`)
  if (each.world.meshConfig !== undefined) say(`  mesh: ${each.world.meshConfig.replaceAll('\n', '; ')}`)
  for (const object of each.world.objects) say(`  ${JSON.stringify(object)}`)
}
