import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { textAt } from '@orbweaver/contracts/json'
import { expect, test } from 'vitest'
import { istioSource } from '../build.ts'
import { repositoryDir } from '../env.ts'

const run = promisify(execFile)
const orbweaver = ['--conditions=source', join(repositoryDir, 'apps', 'cli', 'src', 'main.ts')]

test('nothing in the samples of Istio is rejected or an error', async () => {
  const samples = join(await istioSource(), 'samples')
  const tsx = join(repositoryDir, 'node_modules', '.bin', 'tsx')
  // It ends with 1 where there is an error, and then nothing is said of the rest here.
  const { stdout } = await run(tsx, [...orbweaver, 'lint', samples, '-o', 'json'], { maxBuffer: 50_000_000 })
  const found: unknown = JSON.parse(stdout)
  const severities = Array.isArray(found) ? found.map((each: unknown) => textAt(each, 'severity') ?? '') : []
  expect(new Set(severities)).toEqual(new Set(['info', 'warning']))
})
