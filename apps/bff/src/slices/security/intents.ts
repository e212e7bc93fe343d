import type { IntentOf } from '@orbweaver/contracts/intent'
import { recordAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, type ObjectRef, refKey, targetOf } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { checkPair } from '@orbweaver/istio/certificates/check-credential'
import { type CredentialKeys, credentialIn, credentialLayouts } from '@orbweaver/istio/certificates/credential'
import { authoritySecrets } from '@orbweaver/istio/certificates/secret'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import { secrets } from '@orbweaver/kube/resources'
import { type DraftItem, noImpact, type Planner, type PlannerInput, refuse } from '../../changes/draft.ts'
import { inFlight } from '../../changes/in-flight.ts'
import { type LiveRead, outOfReach, readLive } from '../../changes/live-read.ts'
import { meshFor } from '../../fleet/mesh-of.ts'
import { inUse } from './in-use.ts'

type Apply = IntentOf<'security.apply-secret'>

/** One Secret in several clusters: made where it is not, else its values replaced. Proxies take it at once. */
const planApply: Planner<Apply> = async (input) => {
  const { viewer, fleet, intent } = input
  const mesh = await meshFor(viewer, fleet, intent.mesh)
  if (mesh === undefined) return refuse('meshes.not_found', { name: intent.mesh })
  const strange = refuseTargets(mesh, intent.clusters, [intent.name])
  if (strange !== undefined) return { ok: false, reasons: [strange] }
  const { faults, notes } = await checkPair(intent.pair, new Date())
  const drafted = await inFlight([...new Set(intent.clusters)], 10, (cluster) => itemIn(input, cluster))
  const items = drafted.map(({ item }) => item)
  const { name, namespace, clusters } = intent
  const others = drafted.flatMap(({ blocked }) => blocked)
  return {
    ok: true,
    draft: {
      title: {
        code: 'security.apply-secret',
        params: { name, namespace, mesh: mesh.name, clusters: clusters.join(', '), count: clusters.length },
      },
      items,
      derived: [],
      impact: { ...noImpact, notes: [...notes, { code: 'security.taken_at_once', params: {} }] },
      blocked: [...faults, ...others],
      // The values that were there before are not kept (decision 0004).
      undoable: items.every(({ op }) => op === 'create'),
    },
  }
}

type Drafted = { item: DraftItem; blocked: Message[] }

async function itemIn({ viewer, fleet, intent }: PlannerInput<Apply>, cluster: string): Promise<Drafted> {
  const { namespace, name, labels } = intent
  const ref: ObjectRef = { cluster, group: '', version: 'v1', kind: 'Secret', namespace, name }
  const common = { ref, resource: secrets, by: 'person' } as const
  const client = fleet.get(cluster)?.as(viewer.identity)
  const live: LiveRead =
    outOfReach(fleet, { ref }) ?? (client === undefined ? { state: 'absent' } : await readLive(client, common))
  if (live.state !== 'found') {
    const metadata = { name, namespace, ...(labels !== undefined && { labels }) }
    const object = { apiVersion: 'v1', kind: 'Secret', metadata, type: 'kubernetes.io/tls' }
    return { item: { ...common, op: 'create', object, secret: valuesOf(intent, credentialLayouts.tls) }, blocked: [] }
  }
  const found = credentialIn(live.object)
  const layout = found?.pair ?? credentialLayouts.tls
  const item: DraftItem = {
    ...common,
    op: 'update',
    how: 'replace',
    secret: valuesOf(intent, layout),
    rest: (object) => restOf(object, intent),
  }
  // A Secret of something else would not be told from one of ours by its name.
  const strange = found === undefined ? [{ code: 'security.not_tls', params: { name, namespace, cluster } }] : []
  return { item, blocked: strange }
}

function valuesOf({ pair }: Apply, layout: CredentialKeys): Record<string, string> {
  return {
    [layout.certificate]: encoded(pair.certificate),
    [layout.key]: encoded(pair.key),
    ...(typeof pair.ca === 'string' && { [layout.ca]: encoded(pair.ca) }),
  }
}

const caKeys = new Set<string>(Object.values(credentialLayouts).map(({ ca }) => ca))

/** Other values stay, a CA that is taken away or replaced aside. */
function restOf(live: KubernetesObject, { pair, labels }: Apply): KubernetesObject {
  const data = recordAt(live, 'data')
  const others = Object.entries(data).filter(([key]) => pair.ca === undefined || !caKeys.has(key))
  return {
    ...live,
    data: Object.fromEntries(others),
    ...(labels !== undefined && { metadata: { ...live.metadata, labels } }),
  }
}

function encoded(text: string): string {
  return Buffer.from(text).toString('base64')
}

/** Refused as long as any rule uses one of them: proxies would lose their certificate at once. */
const planDelete: Planner<IntentOf<'security.delete-secrets'>> = async (input) => {
  const { viewer, fleet, intent } = input
  const mesh = await meshFor(viewer, fleet, intent.mesh)
  if (mesh === undefined) return refuse('meshes.not_found', { name: intent.mesh })
  const clusters = intent.secrets.map(({ cluster }) => cluster)
  const names = intent.secrets.map(({ name }) => name)
  const strange = refuseTargets(mesh, clusters, names)
  if (strange !== undefined) return { ok: false, reasons: [strange] }
  const wanted = new Map(
    intent.secrets.map(({ uid, ...place }) => {
      const ref: ObjectRef = { cluster: place.cluster, group: '', version: 'v1', kind: 'Secret', ...targetOf(place) }
      return [refKey(ref), { ref, uid }]
    }),
  )
  const targets = [...wanted.values()]
  const items = targets.map(({ ref, uid }): DraftItem => ({ ref, resource: secrets, by: 'person', op: 'delete', uid }))
  const [first] = intent.secrets
  const params = { mesh: mesh.name, count: items.length, name: first?.name ?? '', namespace: first?.namespace ?? '' }
  return {
    ok: true,
    draft: {
      title: { code: 'security.delete-secrets', params },
      items,
      derived: [],
      impact: noImpact,
      blocked: await inUse(
        input,
        mesh,
        targets.map(({ ref }) => ref),
      ),
      undoable: false,
    },
  }
}

/** Authorities have a page and plans of their own; other clusters are no matter of this mesh. */
function refuseTargets(mesh: Mesh, clusters: readonly string[], names: readonly string[]): Message | undefined {
  const own = new Set(clustersOf(mesh))
  const foreign = clusters.find((each) => !own.has(each))
  if (foreign !== undefined) return { code: 'security.not_in_mesh', params: { cluster: foreign, mesh: mesh.name } }
  const authority = names.find((each) => Object.values<string>(authoritySecrets).includes(each))
  return authority === undefined ? undefined : { code: 'security.authority', params: { name: authority } }
}

export const securityPlanners = {
  'security.apply-secret': planApply,
  'security.delete-secrets': planDelete,
}
