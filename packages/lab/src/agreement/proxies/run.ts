import { parseArgs } from 'node:util'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

/** What a comparison is about. */
type Differing = { readonly world: { readonly objects: readonly KubernetesObject[]; readonly meshConfig?: string } }

/** What is asked of Istio's code, with what has to be built and made for it, and of one of our simulators. */
type Comparison<Compared, Program> = {
  readonly command: string
  readonly things: string
  readonly program: (say: (line: string) => void) => Promise<Program>
  readonly compare: (program: Program, seeds: readonly number[]) => Promise<readonly Compared[]>
  readonly differs: (each: Compared) => boolean
  readonly brief: (each: Compared) => string
  readonly smallest: (program: Program, of: Compared) => Promise<Compared>
  readonly record: (all: readonly Compared[], seed: number) => void
}

const usage = (
  command: string,
  things: string,
): string => `pnpm ${command} [--seed N] [--count N] [--only TEXT] [--show] [--write]

  --seed N     the first world (default 1); the same number, the same world and ${things}
  --count N    how many worlds of 24 ${things} (default 25)
  --only TEXT  differences whose lines have this text
  --show       the first three that differ, in worlds as small as they get
  --write      write the figures into docs/agreement.md
`

const shown = 3
const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** The command line of a comparison; its exit code. */
export async function runComparison<Compared extends Differing, Program>(
  of: Comparison<Compared, Program>,
): Promise<number> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      count: { type: 'string', default: '25' },
      only: { type: 'string', default: '' },
      show: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  })
  const [seed, count] = [Number(values.seed), Number(values.count)]
  if (!Number.isInteger(seed) || !Number.isInteger(count)) {
    process.stderr.write(usage(of.command, of.things))
    return 2
  }
  const program = await of.program(say)
  const all = await of.compare(
    program,
    Array.from({ length: count }, (_, index) => seed + index),
  )
  const different = all.filter((each) => of.differs(each) && of.brief(each).includes(values.only))
  for (const each of different.slice(0, values.show ? shown : 0)) show(of, await of.smallest(program, each))
  for (const each of different.slice(values.show ? shown : 0)) say(of.brief(each))
  say(`${different.length} of ${all.length} ${of.things} differ`)
  if (values.write) of.record(all, seed)
  return different.length === 0 ? 0 : 1
}

function show<Compared extends Differing, Program>({ brief }: Comparison<Compared, Program>, each: Compared): void {
  say(`--- ${brief(each)}`)
  if (each.world.meshConfig !== undefined) say(`  mesh: ${each.world.meshConfig.replaceAll('\n', '; ')}`)
  for (const object of each.world.objects) say(`  ${JSON.stringify(object)}`)
}
