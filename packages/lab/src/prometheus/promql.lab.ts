import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPrometheus } from '@orbweaver/sandbox/actors/prometheus/api'
import { stored } from '@orbweaver/sandbox/actors/prometheus/testing/stored'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRandom } from '../agreement/random.ts'
import { stopParts } from '../parts.ts'
import { claimRunDir, runDir } from '../run-dir.ts'
import { importSamples, type RunningPrometheus, startPrometheus } from './process.ts'
import { type Answer, ask, difference } from './testing/compare.ts'
import { misspelt, query } from './testing/queries.ts'
import { firstScrape, lastScrape, openMetrics, samples } from './testing/samples.ts'

const root = mkdtempSync(join(tmpdir(), 'orbweaver-promql-'))
const dir = runDir(root)
let real: RunningPrometheus | undefined
let server: Server | undefined
let ports = { real: 0, ours: 0 }

beforeAll(async () => {
  claimRunDir(dir)
  const all = samples(1)
  const file = join(root, 'samples.txt')
  writeFileSync(file, openMetrics(all))
  const data = join(root, 'data')
  await importSamples(file, data)
  real = await startPrometheus(dir, { name: 'prometheus', data, config: {} })
  server = createPrometheus({
    storage: () => stored(...all),
    now: () => new Date(lastScrape),
    isStarting: () => false,
  })
  ports = { real: real.port, ours: await listen(server) }
})
afterAll(async () => {
  if (real !== undefined) await stopParts(dir, [real.part], 5_000)
  server?.close()
  rmSync(root, { recursive: true, force: true })
})

function listen(one: Server): Promise<number> {
  return new Promise((done) => {
    one.listen(0, '127.0.0.1', () => {
      const address = one.address()
      done(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
}

type Asked = { path: string; theirs: Answer; ours: Answer }

async function askBoth(path: string): Promise<Asked> {
  const [theirs, ours] = await Promise.all([ask(ports.real, path), ask(ports.ours, path)])
  return { path, theirs, ours }
}

/** Both of them, of so many queries: at any time, at that of a scrape, or over a range. */
async function compared(count: number, of: (seed: number) => string): Promise<Asked[]> {
  const all: Asked[] = []
  for (let seed = 1; seed <= count; seed += 1) {
    const random = createRandom(seed * 7_919)
    const text = encodeURIComponent(of(seed))
    const at = firstScrape + random.below(lastScrape - firstScrape + 400_000)
    const time = random.chance(0.2) ? Math.floor(at / 15_000) * 15_000 : at
    const [start, step] = [time / 1_000, random.pick(['15', '47', '300', '1m'])]
    const range = `query_range?query=${text}&start=${start}&end=${start + 1_500}&step=${step}`
    const path = random.chance(0.25) ? range : `query?query=${text}&time=${time / 1_000}`
    all.push(await askBoth(`/api/v1/${path}`))
  }
  return all
}

const differing = (all: readonly Asked[]): string[] =>
  all.flatMap(({ path, theirs, ours }) => {
    const found = difference(theirs, ours)
    return found === undefined ? [] : [`${decodeURIComponent(path)}\n${found}`]
  })

test('a real Prometheus gives the same answers to queries of all kinds that are evaluated here', async () => {
  const all = await compared(1_000, (seed) => query(createRandom(seed)))
  expect(differing(all)).toEqual([])
  const succeeded = all.filter(({ theirs }) => theirs.status === 200)
  expect(succeeded.length).toBeGreaterThan(700)
  expect(succeeded.filter(({ theirs }) => theirs.series.size > 0).length).toBeGreaterThan(500)
})

test('what is misspelt is refused by both, in the same way', async () => {
  const all = await compared(400, (seed) => misspelt(createRandom(seed + 5_000), query(createRandom(seed))))
  expect(differing(all)).toEqual([])
  expect(all.filter(({ theirs }) => theirs.errorType === 'bad_data').length).toBeGreaterThan(100)
})

test.each([
  'query?query=sum(',
  'query?query=nothing(limit)',
  'query?query=rate(limit)',
  'query?query=limit&time=soon',
  'query?query=',
  'query_range?query=limit&start=0&end=11001&step=1',
  'query_range?query=limit&start=10&end=0&step=1',
  'query_range?query=limit&start=0&end=10&step=0',
  'query_range?query=limit[5m]&start=0&end=10&step=1',
  'query_range?query=limit&start=0&end=10',
])('%s is answered alike', async (path) => {
  expect(differing([await askBoth(`/api/v1/${path}`)])).toEqual([])
})
