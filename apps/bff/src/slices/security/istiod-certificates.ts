import type { IstiodCertificates } from '@orbweaver/contracts/certificates'
import { labelsOf } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { discoveryHost, judgeServed } from '@orbweaver/istio/certificates/served'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import { names } from '@orbweaver/istio/world/names'
import { pods } from '@orbweaver/kube/resources'
import { whyNoForward } from '../../fleet/forwards.ts'
import { handedIn } from '../../fleet/signing-authority.ts'
import { handshakeWith } from '../../istiod/handshakes.ts'
import { readyIstiods, revisionsOf, whyNotAsked } from '../../istiod/replicas.ts'
import type { Asking } from './rows.ts'

/**
 * What each istiod of a mesh shows in a handshake, asked as the person. It is judged by what the console knows that each
 * cluster trusts: roots are public, and a finding names clusters of a mesh that the person sees.
 */
export async function istiodCertificates(asking: Asking, mesh: Mesh, now: Date): Promise<IstiodCertificates> {
  const { fleet, viewer } = asking
  const { cluster, namespace } = mesh.controlPlane
  const nothing = (why: Message): IstiodCertificates => ({ replicas: [], why, findings: [] })
  const door = fleet.get(cluster)
  if (door === undefined) return nothing({ code: 'meshes.istiod_away', params: { cluster } })
  const why = whyNotAsked(door)
  if (why !== undefined) return nothing(why)
  if (!(await viewer.lists(cluster, pods, namespace))) {
    return nothing({ code: 'meshes.istiod_not_permitted', params: { cluster, namespace } })
  }
  const istiods = readyIstiods(door, { namespace, revisions: revisionsOf(door, mesh) })
  if (istiods.length === 0) return nothing({ code: 'meshes.istiod_none_ready', params: { cluster } })
  const unpermitted = await whyNoForward(viewer, { cluster, namespace })
  if (unpermitted !== undefined) return nothing(unpermitted)
  const trust = await trustOf(asking, mesh)
  const judged = await Promise.all(
    istiods.map(async (istiod) => {
      const answer = await handshakeWith(door, viewer.identity, istiod)
      if ('why' in answer) return { replica: answer, findings: [] }
      const host = discoveryHost(namespace, labelsOf(istiod)[names.revision] ?? 'default')
      return judgeServed(answer, { trust, host, now })
    }),
  )
  return { replicas: judged.map(({ replica }) => replica), findings: judged.flatMap(({ findings }) => findings) }
}

async function trustOf({ fleet }: Asking, mesh: Mesh) {
  return Promise.all(
    clustersOf(mesh).map(async (cluster) => {
      const door = fleet.get(cluster)
      return { cluster, roots: door === undefined ? [] : await handedIn(door, mesh) }
    }),
  )
}
