import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { command, type RunningLab, startLab } from '@orbweaver/lab/suite/running-lab'
import { assets, startConsole } from './console.ts'
import { signIn } from './person.ts'
import type { AnyStage } from './stage.ts'

/** Those of the sandbox, as the users and groups that the lab's API servers know. */
const people = [
  { id: 'ada', name: 'Ada', user: 'olga', groups: ['platform-operators'] },
  { id: 'vic', name: 'Vic', user: 'vera', groups: ['auditors'] },
]

/** Real API servers and a real istiod, with the same console before them. Needs what `pnpm lab build` builds. */
export async function setLabStage(): Promise<AnyStage> {
  const lab = await startLab()
  const scratch = mkdtempSync(join(tmpdir(), 'orbweaver-lab-stage-'))
  const strike = async () => {
    rmSync(scratch, { recursive: true, force: true })
    const { code, output } = await command(['down', '--dir', lab.dir.root])
    if (code !== 0) throw new Error(output)
  }
  try {
    const console = await startConsole({ ...files(lab, scratch), assets })
    return {
      console,
      admin: (cluster) => lab.api(cluster),
      person: (id) => signIn(console.url, id),
      async stop() {
        await console.stop()
        await strike()
      },
    }
  } catch (error) {
    await strike()
    throw error
  }
}

function files(lab: RunningLab, scratch: string): { kubeconfig: string; personas: string } {
  const personas = join(scratch, 'personas.yaml')
  writeFileSync(personas, JSON.stringify(people))
  return { kubeconfig: join(lab.dir.root, 'kubeconfig'), personas }
}
