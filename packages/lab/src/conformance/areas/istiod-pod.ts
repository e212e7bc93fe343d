import { textAt } from '@orbweaver/contracts/json'
import { Difference } from '../fits.ts'
import type { PodSaid, Scene } from '../scene.ts'
import { shared } from '../once-a-run.ts'
import { controlPlane } from './control-plane.ts'

/** Ports of istiod's container `discovery` that speak HTTP. */
export const ports = { debug: 8080, webhooks: 15017, monitoring: 15014 } as const

/** A Pod of the run's control plane that is ready. */
export const istiodPod = shared(async (ground) => {
  const { namespace, revision } = await controlPlane({ ground })
  const selector = encodeURIComponent(`app=istiod,istio.io/rev=${revision}`)
  const pods = await ground.ask(`/api/v1/namespaces/${namespace}/pods?labelSelector=${selector}`)
  const name = textAt(pods.body, 'items', 0, 'metadata', 'name')
  if (name === undefined) throw new Error(`no Pod of istiod in ${namespace}`)
  return { namespace, pod: name }
})

type Question = { readonly port?: number; readonly path: string }

/** What the control plane's istiod answers on its loopback. */
export async function askIstiod(
  scene: Scene,
  { port = ports.monitoring, path }: Question,
): Promise<{ status: number; body: unknown }> {
  const said: PodSaid = await scene.through({ ...(await istiodPod(scene)), port, path })
  if ('refusal' in said) throw new Difference(`${path}: ${said.refusal.code}: ${said.refusal.message}`)
  return said
}
