import type { PluggedCa } from '@orbweaver/contracts/certificates'
import type { IntentOf } from '@orbweaver/contracts/intent'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { checkCa } from '@orbweaver/istio/certificates/check-ca'
import type { Mesh } from '@orbweaver/istio/meshes/mesh'
import { meshes as meshResource, namespaces, secrets } from '@orbweaver/kube/resources'
import type { DraftItem, Planner } from '../../changes/draft.ts'
import type { Asking } from './asking.ts'
import { authorityItem } from './authority-items.ts'
import { draftMesh, meshObject } from './draft-mesh.ts'
import { meshDraft } from './mesh-draft.ts'
import { whyNoSecrets } from './rights.ts'
import { withValueChecks } from './value-checks.ts'

export const planCreate: Planner<IntentOf<'meshes.create'>> = async ({ viewer, fleet, intent }) => {
  const drafted = draftMesh(intent.name, intent.spec)
  if ('reasons' in drafted) return { ok: false, reasons: drafted.reasons }
  const { mesh } = drafted
  const before = intent.ca === undefined ? nothing : await authorityBefore({ viewer, fleet }, mesh, intent.ca)
  const object = meshObject(intent.name, intent.spec)
  const ref = refOf(fleet.hub.name, object)
  const items: DraftItem[] = [...before.items, { ref, resource: meshResource, by: 'person', op: 'create', object }]
  const title = { code: 'meshes.create', params: { name: intent.name, kind: intent.spec.kind } }
  const roots = intent.ca?.rootCert
  const draft = await meshDraft({ viewer, fleet }, { title, items, mesh, creating: true, roots })
  const checked = await withValueChecks(draft, undefined, mesh)
  return { ok: true, draft: { ...checked, blocked: [...before.blocked, ...checked.blocked] } }
}

type Before = { items: DraftItem[]; blocked: Message[] }
const nothing: Before = { items: [], blocked: [] }

/**
 * An authority that is there before istiod starts, which otherwise makes its own (pilot/pkg/bootstrap/istio_ca.go): the
 * Secret, and its namespace where there is none yet. In the control plane's cluster alone: it signs for all members.
 */
async function authorityBefore({ viewer, fleet }: Asking, mesh: Mesh, ca: PluggedCa): Promise<Before> {
  if (mesh.kind === 'External') {
    return { items: [], blocked: [{ code: 'certificates.not_ours', params: { name: mesh.name } }] }
  }
  const { cluster, namespace } = mesh.controlPlane
  const door = fleet.get(cluster)
  const [faults, unpermitted] = await Promise.all([
    checkCa(ca, new Date()),
    whyNoSecrets(door, viewer.identity, mesh.controlPlane),
  ])
  const blocked = [...faults, ...(unpermitted === undefined ? [] : [unpermitted])]
  if (door?.mirror.known(secrets) !== true) {
    return { items: [], blocked: [...blocked, { code: 'certificates.unread', params: { cluster, namespace } }] }
  }
  // Whether one is there already is for those who may write it.
  if (blocked.length > 0) return { items: [], blocked }
  const secret = authorityItem(door, mesh.controlPlane, ca)
  const isThere = !door.mirror.known(namespaces) || door.mirror.get(namespaces, { name: namespace }) !== undefined
  if (isThere) return { items: [secret], blocked }
  const object: KubernetesObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }
  const made: DraftItem = { ref: refOf(cluster, object), resource: namespaces, by: 'person', op: 'create', object }
  return { items: [made, { ...secret, needs: 0 }], blocked }
}
