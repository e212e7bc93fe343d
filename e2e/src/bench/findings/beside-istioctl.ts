import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { builtProgram } from '@orbweaver/lab/build'
import { yamlStream } from '@orbweaver/lab/manifests'
import type { Measure } from '../budgets.ts'
import { findingsWorld } from './world.ts'

const cli = join(import.meta.dirname, '..', '..', '..', '..', 'apps/cli/dist/main.js')

/**
 * What `istioctl analyze` and `orbweaver lint` take for the same worlds written as files, each from its start to its end:
 * most of it is reading them.
 */
export async function besideIstioctl(say: (line: string) => void): Promise<Measure[]> {
  const istioctl = await builtProgram('istio', 'istioctl')
  if (istioctl === undefined) say('istioctl is not measured: the lab is not built (pnpm lab build)\n')
  const folder = await mkdtemp(join(tmpdir(), 'orbweaver-bench-'))
  const measures: Measure[] = []
  try {
    for (const namespaces of [300, 1_000]) {
      const file = join(folder, `${namespaces}.yaml`)
      await writeFile(file, yamlStream(findingsWorld(namespaces)))
      const add = async (program: string, command: readonly string[]) => {
        const name = `${program} of ${namespaces.toLocaleString('en')} namespaces in files`
        measures.push({ name, value: await taken(command), unit: 'ms', timed: true })
      }
      if (istioctl !== undefined) await add('istioctl analyze', [istioctl, 'analyze', '--use-kube=false', file])
      await add('orbweaver lint', [process.execPath, cli, 'lint', file])
    }
  } finally {
    await rm(folder, { recursive: true })
  }
  return measures
}

/** Milliseconds. 0 and 1 say what was found; anything else, that nothing was judged. */
function taken([program = '', ...args]: readonly string[]): Promise<number> {
  const startedAt = performance.now()
  return new Promise((done, fail) => {
    const child = spawn(program, args, { stdio: 'ignore' })
    child.on('error', fail)
    child.on('close', (code) => {
      if (code === 0 || code === 1) done(performance.now() - startedAt)
      else fail(new Error(`${program} ${args.join(' ')} ends with ${code}`))
    })
  })
}
