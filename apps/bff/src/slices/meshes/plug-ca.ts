import type { PluggedCa } from '@orbweaver/contracts/certificates'
import type { IntentOf } from '@orbweaver/contracts/intent'
import { numberAt } from '@orbweaver/contracts/json'
import { labelsOf, type ObjectRef, refOf, targetOf } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { breaks, needsRestart } from '@orbweaver/istio/certificates/change'
import { checkCa } from '@orbweaver/istio/certificates/check-ca'
import { authoritySecrets } from '@orbweaver/istio/certificates/secret'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import { revisionOf } from '@orbweaver/istio/meshes/names'
import { names } from '@orbweaver/istio/world/names'
import { deployments, pods, secrets } from '@orbweaver/kube/resources'
import { type DraftItem, noImpact, type Planner, type PlannerInput, refuse } from '../../changes/draft.ts'
import { meshFor } from '../../fleet/mesh-of.ts'
import type { ClusterDoor } from '../../kube/doors.ts'
import { authorityIn, handedIn } from './certificates.ts'
import type { Asking } from './asking.ts'

/**
 * Gives a mesh that runs another authority: Secret `cacerts`, and istiod started anew where it would not take it live.
 * Refused where it would cut workloads off from each other.
 */
export const planPlugCa: Planner<IntentOf<'meshes.plug-ca'>> = async ({ viewer, fleet, intent }) => {
  const mesh = await meshFor(viewer, fleet, intent.name)
  if (mesh === undefined) return refuse('meshes.not_found', { name: intent.name })
  if (mesh.kind === 'External') return refuse('certificates.not_ours', { name: mesh.name })
  const { cluster, namespace } = mesh.controlPlane
  const door = fleet.get(cluster)
  if (door?.mirror.known(secrets) !== true) return refuse('certificates.unread', { cluster, namespace })
  const title = { code: 'meshes.plug-ca', params: { name: mesh.name } }
  // What is there already, and what it would break, is for those who may.
  const unpermitted = await whyNotPermitted({ viewer, fleet }, mesh)
  if (unpermitted !== undefined) return { ok: false, reasons: [unpermitted] }
  const faults = await checkCa(intent.ca, new Date())
  if (faults.length > 0) {
    return { ok: true, draft: { title, items: [], derived: [], impact: noImpact, blocked: faults, undoable: false } }
  }
  const present = await authorityIn(door, namespace)
  const handed = await handedIn(door, mesh)
  const running = isInjected({ viewer, fleet }, mesh)
  const restarts = (await needsRestart(present, intent.ca)) ? istiodsOf(door, mesh) : []
  const secret = secretItem(door, mesh, intent.ca)
  const items: DraftItem[] = [
    secret,
    ...restarts.map((ref): DraftItem => ({ ref, resource: deployments, by: 'person', op: 'restart' })),
  ]
  const blocked = running ? await breaks({ handed, present, next: intent.ca }) : []
  const podsRestarting = restarts.reduce((sum, ref) => sum + replicasOf(door, ref), 0)
  const notes: Message[] = restarts.length > 0 ? [{ code: 'certificates.istiod_restarts', params: { cluster } }] : []
  return {
    ok: true,
    draft: { title, items, derived: [], impact: { ...noImpact, podsRestarting, notes }, blocked, undoable: false },
  }
}

/** As with all Secrets of a mesh, the right to create stands for all. */
async function whyNotPermitted({ viewer, fleet }: Asking, mesh: Mesh): Promise<Message | undefined> {
  const { cluster, namespace } = mesh.controlPlane
  const question = { verb: 'create', group: '', resource: secrets.plural, namespace }
  const permitted = (await fleet.get(cluster)?.mayBe(viewer.identity, question)) ?? 'unknown'
  if (permitted === 'yes') return undefined
  if (permitted === 'no') return { code: 'plan.forbidden', params: { verb: 'create', resource: secrets.plural } }
  return { code: 'plan.cluster_unreachable', params: { cluster, reason: 'kube.timeout' } }
}

/** Written by the console itself: people may create Secrets of a mesh and neither read nor alter them (deploy/rbac). */
function secretItem(door: ClusterDoor | undefined, mesh: Mesh, ca: PluggedCa): DraftItem {
  const { cluster, namespace } = mesh.controlPlane
  const metadata = { name: authoritySecrets.pluggedIn, namespace }
  const object = { apiVersion: 'v1', kind: 'Secret', metadata, type: 'Opaque' }
  const secret = {
    'ca-cert.pem': encoded(ca.caCert),
    'ca-key.pem': encoded(ca.caKey),
    'cert-chain.pem': encoded(ca.certChain),
    'root-cert.pem': encoded(ca.rootCert),
  }
  const common = { ref: refOf(cluster, object), resource: secrets, by: 'console' } as const
  return door?.mirror.get(secrets, metadata) === undefined
    ? { ...common, op: 'create', object, secret }
    : { ...common, op: 'update', how: 'replace', secret }
}

function encoded(text: string): string {
  return Buffer.from(text).toString('base64')
}

function istiodsOf({ name, mirror }: ClusterDoor, mesh: Mesh) {
  const revision = revisionOf(mesh)
  return mirror
    .list(deployments, mesh.controlPlane.namespace)
    .filter((each) => labelsOf(each).app === 'istiod' && labelsOf(each)[names.revision] === revision)
    .map((each) => refOf(name, each))
}

function replicasOf({ mirror }: ClusterDoor, ref: ObjectRef): number {
  return numberAt(mirror.get(deployments, targetOf(ref)), 'spec', 'replicas') ?? 1
}

/** Whether any Pod of the mesh has a proxy (pkg/config/constants: label of every Pod that istiod injected). */
function isInjected(
  { fleet }: Pick<PlannerInput<IntentOf<'meshes.plug-ca'>>, 'viewer' | 'fleet'>,
  mesh: Mesh,
): boolean {
  return clustersOf(mesh).some((cluster) =>
    (fleet.get(cluster)?.mirror.list(pods) ?? []).some((pod) => labelsOf(pod)['security.istio.io/tlsMode'] === 'istio'),
  )
}
