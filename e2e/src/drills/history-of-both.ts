import { textAt } from '@orbweaver/contracts/json'
import { virtualServices } from '@orbweaver/kube/resources'
import type { Stage } from '../harness/stage.ts'
import { meshName, meshSpec, type Subject } from './requests.ts'
import { planned, settled } from './scenarios.ts'
import { own, secret, type Team } from './two-teams-world.ts'

/** Makes a mesh, and a Change about each team's namespace: there is something to see, and something to hide. */
export async function madeHistory(stage: Stage): Promise<{ own: Subject; secret: Subject }> {
  const ada = await stage.person('ada')
  await (await planned(ada, { type: 'meshes.create', name: meshName, spec: meshSpec }))()
  await settled(stage.fleet)
  const inject = async (each: Team): Promise<Subject> => {
    const { cluster, namespace } = each
    const namespaces = [{ cluster, namespace }]
    const intent = { type: 'sidecars.namespaces', mesh: meshName, namespaces, action: 'enable', restart: true }
    const change = await (await planned(ada, intent))()
    await settled(stage.fleet)
    const rule = await stage.fleet.admin(cluster).get(virtualServices, { namespace, name: each.rule })
    return { ...each, mesh: meshName, change, item: 'item-1', uid: textAt(rule, 'metadata', 'uid') ?? '' }
  }
  return { own: await inject(own), secret: await inject(secret) }
}
