import { beforeAll, expect, test } from 'vitest'
import { buildIstio, buildJudges } from '../../build.ts'
import { compare, differs } from './compare.ts'
import { type Installation, installations } from './installations.ts'
import { generate, table } from './worlds.ts'

let judges = ''
let from: readonly Installation[] = []
beforeAll(async () => {
  const say = () => undefined
  judges = await buildJudges(say)
  from = await installations(await buildIstio(say))
})

test('the same number is the same world', () => {
  expect(generate(7, from)).toEqual(generate(7, from))
  expect(generate(7, from)).not.toEqual(generate(8, from))
})

test('the simulator says who injects as an API server and istiod do, of all labels and of policies by chance', async () => {
  const worlds = [...from.map(table), ...Array.from({ length: 25 }, (_, index) => generate(1 + index, from))]
  const all = await compare(judges, worlds)
  const different = all.filter(differs).map(({ world, pod, theirs, ours }) => ({ world: world.id, pod, theirs, ours }))
  expect(different).toEqual([])
  expect(all.length).toBeGreaterThanOrEqual(5000)
})
