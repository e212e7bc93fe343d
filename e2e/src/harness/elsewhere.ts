import { listAt, textAt } from '@orbweaver/contracts/json'
import { createKubectl, findKubectl, type Kubectl } from '@orbweaver/lab/kubectl/kubectl'
import { startFleet } from '@orbweaver/sandbox/fleet'
import { emptyWorld } from '@orbweaver/sandbox/worlds/empty'
import type { AnyStage } from './stage.ts'

type Applied = { first: string[]; again: string[] }

/**
 * Exports a mesh and applies its files with kubectl to clusters of the same names that have only an operator: what kubectl
 * says of each object the first time, and the second. Rejects when it refuses one.
 */
export async function appliedElsewhere(stage: AnyStage, mesh: string): Promise<ReadonlyMap<string, Applied>> {
  const program = findKubectl()
  if (program === undefined) throw new Error('there is no kubectl on the PATH, and $KUBECTL names none')
  const ada = await stage.person('ada')
  const { status, body } = await ada.get(`/meshes/${mesh}/export`)
  if (status !== 200) throw new Error(`the export answered ${status}`)
  const fleet = await startFleet(emptyWorld())
  try {
    const applied = new Map<string, Applied>()
    for (const file of listAt(body, 'files')) {
      const context = textAt(file, 'cluster') ?? ''
      const yaml = listAt(file, 'documents').map((each) => textAt(each, 'yaml') ?? '')
      const kubectl = createKubectl({ program, kubeconfig: fleet.adminKubeconfig, context }, '')
      const documents = yaml.join('---\n')
      applied.set(context, { first: await linesOf(kubectl, documents), again: await linesOf(kubectl, documents) })
    }
    return applied
  } finally {
    await fleet.stop()
  }
}

async function linesOf(kubectl: Kubectl, documents: string): Promise<string[]> {
  const { code, out, err } = await kubectl.apply(documents)
  if (code !== 0) throw new Error(`kubectl apply: ${err}`)
  return out.trim().split('\n')
}
