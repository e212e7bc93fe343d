import type { Authority, ClusterTrust, MeshCertificates } from '@orbweaver/contracts/certificates'
import { refOf } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { certificatesIn } from '@orbweaver/istio/certificates/certificate'
import { judgeTrust } from '@orbweaver/istio/certificates/trust'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import { mutatingWebhookConfigurations, pods, secrets } from '@orbweaver/kube/resources'
import { inFlight } from '../../changes/in-flight.ts'
import type { Asking } from './asking.ts'
import { authorityIn, bundleOf, webhookOf } from '../../fleet/signing-authority.ts'
import { rootChangeOf } from './root-evidence.ts'
import { runningOf } from './running.ts'

/**
 * The certificates of a mesh from the mirrors. An authority shows its certificates to whoever connects: they are told to
 * those who may list the Pods it runs in. What is handed out in a cluster, to those who may see the webhook that has it.
 */
export async function certificatesOf(asking: Asking, mesh: Mesh, now: Date): Promise<MeshCertificates> {
  const [told, trust, { running }] = await Promise.all([
    toldAuthority(asking, mesh),
    inFlight(clustersOf(mesh), 4, (cluster) => trustIn(asking, mesh, cluster)),
    runningOf(asking, mesh),
  ])
  const authority = 'why' in told ? undefined : told
  const change = authority === undefined ? undefined : await rootChangeOf(asking, mesh, { authority, now })
  const trustDomain = running?.facts.find(({ key }) => key === 'trustDomain')?.value
  return {
    ...(trustDomain !== undefined && { trustDomain }),
    ...('why' in told ? { why: told.why } : { authority: told }),
    trust,
    ...(change !== undefined && { change }),
    findings: judgeTrust({ authority, trust, now }),
  }
}

async function toldAuthority({ fleet, viewer }: Asking, mesh: Mesh): Promise<Authority | { why: Message }> {
  const { cluster, namespace } = mesh.controlPlane
  const params = { cluster, namespace }
  const door = fleet.get(cluster)
  if (!(await viewer.lists(cluster, pods, namespace))) return { why: { code: 'certificates.not_permitted', params } }
  if (door?.mirror.known(secrets) !== true) return { why: { code: 'certificates.unread', params } }
  return (await authorityIn(door, namespace)) ?? { why: { code: 'certificates.none', params } }
}

async function trustIn({ fleet, viewer }: Asking, mesh: Mesh, cluster: string): Promise<ClusterTrust> {
  const role = cluster === mesh.controlPlane.cluster ? 'control-plane' : 'member'
  const nothing = (code: string): ClusterTrust => ({ cluster, role, roots: [], why: { code, params: { cluster } } })
  const door = fleet.get(cluster)
  if (door?.mirror.known(mutatingWebhookConfigurations) !== true) return nothing('certificates.webhooks_unread')
  if (!(await viewer.lists(cluster, mutatingWebhookConfigurations))) return nothing('certificates.webhooks_hidden')
  const webhook = webhookOf(door, mesh)
  if (webhook === undefined) return nothing('certificates.not_handed_out')
  return { cluster, role, roots: await certificatesIn(bundleOf(webhook)), from: refOf(cluster, webhook) }
}
