import { beforeAll, expect, test } from 'vitest'
import { buildProxies } from '../../build.ts'
import { fetchEnvoy } from '../../envoy/binary.ts'
import { compare, differs } from './compare.ts'
import { generate } from './generate.ts'
import { rehearse } from './rehearsal.ts'

let programs = { proxies: '', envoy: '' }
beforeAll(async () => {
  const say = () => undefined
  programs = { proxies: await buildProxies(say), envoy: await fetchEnvoy(say) }
})

const worlds = (from: number, count: number) => Array.from({ length: count }, (_, index) => generate(from + index))

test('the same number is the same world', () => {
  expect(generate(7)).toEqual(generate(7))
  expect(generate(7)).not.toEqual(generate(8))
})

test('a plain Envoy answers requests as the reader of its configuration says', async () => {
  const { asked, otherwise } = await rehearse(programs, worlds(1, 10))
  expect(otherwise).toEqual([])
  expect(asked).toBeGreaterThanOrEqual(200)
})

test('the simulator says where requests go as what istiod generates', async () => {
  const all = await compare(programs.proxies, worlds(1, 22))
  const different = all
    .filter(differs)
    .map(({ world, request, theirs, ours }) => ({ world: world.id, request, theirs, ours }))
  expect(different).toEqual([])
  expect(all.length).toBeGreaterThanOrEqual(500)
  expect(all.flatMap(({ theirs }) => [...theirs.details]).length).toBeGreaterThan(500)
})
