import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { builtProgram } from '@orbweaver/lab/build'
import { yamlStream } from '@orbweaver/lab/manifests'
import type { Measure } from '../budgets.ts'
import { findingsWorld } from './world.ts'

const cli = join(import.meta.dirname, '..', '..', '..', '..', 'apps/cli/dist/orbweaver.js')

/**
 * What `istioctl analyze` and `orbweaver lint`, as it is shipped, take for the same worlds written as files, each from its
 * start to its end, reading them included.
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

/**
 * Milliseconds of processors, of all its threads, as the shell counts them: others on the machine do not count. A program
 * ends with 0 or 1 and says what it found; with anything else it has judged nothing.
 */
async function taken(command: readonly string[]): Promise<number> {
  const { stdout } = await promisify(execFile)('sh', [
    '-c',
    '"$@" >/dev/null 2>&1; [ $? -le 1 ] && times',
    'sh',
    ...command,
  ])
  const [, ofChildren = ''] = stdout.split('\n')
  const spent = [...ofChildren.matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, seconds]) => 60 * Number(minutes) + Number(seconds),
  )
  if (spent.length !== 2) throw new Error(`${command.join(' ')} tells no times: ${stdout}`)
  return 1_000 * spent.reduce((sum, each) => sum + each, 0)
}
