import { execFile } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { KubeClient } from '@orbweaver/kube/client'
import { adminApi } from '../api.ts'
import { partEnvironment, repositoryDir } from '../env.ts'
import { LabError } from '../lab-error.ts'
import { type LabState, readState } from '../lab-state.ts'
import { type RunDir, runDir } from '../run-dir.ts'

export type Outcome = { readonly code: number; readonly output: string }

/** How the lab suite uses the lab: through the command, as a person does, in a run directory of its own. */
export const command = (
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Outcome> =>
  new Promise((done) => {
    const file = join(repositoryDir, 'node_modules', '.bin', 'tsx')
    const main = join(repositoryDir, 'packages', 'lab', 'src', 'main.ts')
    const options = { env: partEnvironment(environment), maxBuffer: 10_000_000 }
    execFile(file, ['--conditions=source', main, ...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1
      done({ code, output: `${stdout}${stderr}` })
    })
  })

export type RunningLab = {
  readonly dir: RunDir
  readonly state: LabState
  readonly api: (cluster: string) => KubeClient
  readonly server: (cluster: string) => string
  /** How long `up` took by its own account (s), everything being built. */
  readonly upSeconds: number
}

const succeeded = async (step: readonly string[]): Promise<string> => {
  const { code, output } = await command(step)
  if (code !== 0) throw new LabError(step.join(' '), [output])
  return output
}

export const startLab = async (options: readonly string[] = []): Promise<RunningLab> => {
  const dir = runDir(mkdtempSync(join(tmpdir(), 'lab-')))
  await succeeded(['build'])
  const output = await succeeded(['up', '--dir', dir.root, ...options])
  const upSeconds = Number(/the lab is up \(([\d.]+) s\)/.exec(output)?.[1])
  const state = readState(dir)
  if (state === undefined) throw new LabError('up', ['no state was written'])
  const apis = new Map(state.clusters.map((layout) => [layout.name, adminApi(layout)]))
  const api = (cluster: string): KubeClient => {
    const found = apis.get(cluster)
    if (found === undefined) throw new LabError(cluster, ['no such cluster'])
    return found
  }
  return { dir, state, api, server: (cluster) => api(cluster).server, upSeconds }
}
