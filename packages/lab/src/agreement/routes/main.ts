import { parseArgs } from 'node:util'
import { buildProxies } from '../../build.ts'
import { compare, type ComparedRequest, differs } from './compare.ts'
import { generate } from './generate.ts'
import { recordRoutes } from './record.ts'
import { smallest } from './smaller.ts'

const usage = `pnpm agree:routes [--seed N] [--count N] [--only TEXT] [--show] [--write]

  --seed N    the first world (default 1); the same number, the same world and requests
  --count N   how many worlds of 24 requests (default 25)
  --only TEXT differences whose lines have this text
  --show      requests that are answered differently, in worlds as small as they get (at most 5)
  --write     write the figures into docs/agreement.md
`

const say = (line: string): void => void process.stdout.write(`${line}\n`)

async function main(): Promise<number> {
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
    process.stderr.write(usage)
    return 2
  }
  const program = await buildProxies(say)
  const all = await compare(
    program,
    Array.from({ length: count }, (_, index) => generate(seed + index)),
  )
  const different = all.filter((each) => differs(each) && brief(each).includes(values.only))
  for (const each of different.slice(0, values.show ? 5 : 0)) show(await smallest(program, each))
  for (const each of different.slice(values.show ? 5 : 0)) say(brief(each))
  say(`${different.length} of ${all.length} requests differ`)
  if (values.write) recordRoutes(all, seed)
  return different.length === 0 ? 0 : 1
}

function brief({ world, request, theirs, ours }: ComparedRequest): string {
  const { from, protocol, host, port, method, path, headers } = request
  const asked = `${from.ref.namespace ?? ''}/${from.ref.name} ${protocol} ${method} ${host}:${port}${path} ${JSON.stringify(headers)}`
  return `world ${world.id}: ${asked}\n  istiod: ${theirs.outcome ?? ''} ${theirs.by ?? ''}\n  ours:   ${ours.outcome ?? ''} ${ours.by ?? ''}`
}

function show(each: ComparedRequest): void {
  say(`--- ${brief(each)}`)
  say(`  mesh: ${each.world.meshConfig.replaceAll('\n', '; ')}`)
  for (const object of each.world.objects) say(`  ${JSON.stringify(object)}`)
}

process.exitCode = await main()
