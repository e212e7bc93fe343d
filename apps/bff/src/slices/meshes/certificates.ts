import type { Authority, ClusterTrust, MeshCertificates } from '@orbweaver/contracts/certificates'
import { listAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf, refOf } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { certificatesIn, leadsTo, readCertificates } from '@orbweaver/istio/certificates/certificate'
import { authorityFiles, authoritySecrets, decoded } from '@orbweaver/istio/certificates/secret'
import { judgeTrust } from '@orbweaver/istio/certificates/trust'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import { revisionOf } from '@orbweaver/istio/meshes/names'
import { names } from '@orbweaver/istio/world/names'
import { mutatingWebhookConfigurations, pods, secrets } from '@orbweaver/kube/resources'
import { inFlight } from '../../changes/in-flight.ts'
import type { ClusterDoor } from '../../kube/doors.ts'
import type { Asking } from './asking.ts'
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
  const trustDomain = running?.facts.find(({ key }) => key === 'trustDomain')?.value
  return {
    ...(trustDomain !== undefined && { trustDomain }),
    ...('why' in told ? { why: told.why } : { authority: told }),
    trust,
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

/** Whoever may know: for judging, and for those who were asked about. */
export async function authorityIn({ mirror }: ClusterDoor, namespace: string): Promise<Authority | undefined> {
  const { pluggedIn, selfSigned } = authoritySecrets
  const given = mirror.get(secrets, { namespace, name: pluggedIn })
  const secret = given ?? mirror.get(secrets, { namespace, name: selfSigned })
  if (secret === undefined) return undefined
  const files = authorityFiles(secret)
  const [issuing, chain, roots] = await Promise.all([files.issuing, files.chain, files.roots].map(readCertificates))
  const [signer] = issuing ?? []
  return {
    kind: given === undefined ? 'self-signed' : 'plugged-in',
    ...(signer !== undefined && { issuing: signer.facts }),
    chain: (chain ?? []).map(({ facts }) => facts),
    roots: (roots ?? []).map(({ facts }) => facts),
    verified: signer !== undefined && (await leadsTo(signer, { through: chain ?? [], roots: roots ?? [] })),
  }
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

/** What istiod hands out in a cluster; none where it has not written its webhook yet. */
export async function handedIn(door: ClusterDoor, mesh: Mesh) {
  const webhook = webhookOf(door, mesh)
  return webhook === undefined ? [] : certificatesIn(bundleOf(webhook))
}

/** istiod writes the bundle it hands out into the webhooks of its revision (istio pkg/webhooks/webhookpatch.go, 1.30). */
function webhookOf({ mirror }: ClusterDoor, mesh: Mesh): KubernetesObject | undefined {
  const revision = revisionOf(mesh)
  return mirror
    .list(mutatingWebhookConfigurations)
    .find((each) => labelsOf(each)[names.revision] === revision && bundleOf(each) !== '')
}

function bundleOf(webhook: KubernetesObject): string {
  const hooks = listAt(webhook, 'webhooks')
  const own = hooks.find((each) => (textAt(each, 'name') ?? '').endsWith('sidecar-injector.istio.io'))
  return decoded(textAt(own, 'clientConfig', 'caBundle') ?? '')
}
