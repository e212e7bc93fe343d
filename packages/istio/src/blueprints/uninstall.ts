import { listAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf, type ObjectRef, refOf } from '@orbweaver/contracts/kubernetes'
import type { Mesh } from '../meshes/mesh.ts'
import { defaultTagWebhookName, entranceName, remoteSecretName, revisionOf } from '../meshes/names.ts'
import { type KindKey, kinds } from '../world/kinds.ts'
import { names, readerAccount, readerTokenSecret } from '../world/names.ts'
import type { ClusterView } from '../world/view.ts'
import { crossNetworkName, eastWestAccount, eastWestName } from './east-west.ts'
import {
  type Gate,
  gateOf,
  type Observed,
  passed,
  type Stage,
  stage,
  stageId,
  type StageName,
  waiting,
} from './stage.ts'
import { releasedStage } from './still-used.ts'

/**
 * Taking one member out: first istiod forgets it, so that traffic to it stops at once, then what was installed there
 * goes, webhooks before the control plane they call (istio-and-sail.md 2.6). Empty for clusters left behind.
 */
export function leaveStages(mesh: Mesh, cluster: string, observed: Observed): Stage[] {
  const { namespace, cluster: primary } = mesh.controlPlane
  const forget = removal(mesh, observed, {
    name: 'forget-member',
    at: primary,
    of: cluster,
    wanted: [[kinds.secret, remoteSecretName(cluster), namespace]],
    after: [],
  })
  const webhook = removal(mesh, observed, {
    name: 'remove-default',
    at: cluster,
    wanted: [[kinds.mutatingWebhook, defaultTagWebhookName(namespace)]],
    after: [forget.id],
  })
  const reader = removal(mesh, observed, {
    name: 'remove-reader',
    at: cluster,
    wanted: [
      [kinds.serviceAccount, readerAccount, namespace],
      [kinds.secret, readerTokenSecret, namespace],
    ],
    after: [stageId('remove-control-plane', cluster)],
  })
  const common = commonStages(mesh, { cluster, after: webhook.id }, observed)
  return [forget, webhook, ...common, reader, releasedStage(mesh, cluster, reader.id)]
}

/** Taking a whole mesh apart: members first, each for itself, the control plane when all are gone. */
export function uninstall(mesh: Mesh, observed: Observed, leftBehind: readonly string[] = []): Stage[] {
  if (mesh.kind === 'External') return []
  const members = mesh.members.map((each) => each.cluster).filter((each) => !leftBehind.includes(each))
  const left = members.flatMap((cluster) => leaveStages(mesh, cluster, observed))
  const { cluster, namespace } = mesh.controlPlane
  if (leftBehind.includes(cluster)) return left
  const tag = removal(mesh, observed, {
    name: 'remove-default',
    at: cluster,
    wanted: [[kinds.istioRevisionTag, 'default']],
    after: left.map((each) => each.id),
  })
  const scope = removal(mesh, observed, {
    name: 'remove-discovery-scope',
    at: cluster,
    wanted: scopeWanted(mesh),
    after: left.map((each) => each.id),
  })
  const seen = (observed.get(cluster)?.view?.list(kinds.service, namespace) ?? [])
    .filter((each) => isOwn(each, mesh) && each.metadata.name === entranceName(labelsOf(each)[names.revision] ?? ''))
    .map((each) => each.metadata.name)
  const entrances = [...new Set([...seen, entranceName(revisionOf(mesh))])]
  const entrance = removal(mesh, observed, {
    name: 'remove-entrance',
    at: cluster,
    wanted: entrances.map((each): Wanted => [kinds.service, each, namespace]),
    after: [stageId('remove-control-plane', cluster)],
  })
  const common = commonStages(mesh, { cluster, after: tag.id }, observed)
  return [...left, scope, tag, ...common, entrance, releasedStage(mesh, cluster, entrance.id)]
}

/** East-west gateway and Sail Istio, which every cluster of a mesh may have. */
function commonStages(mesh: Mesh, at: { cluster: string; after: string }, observed: Observed): Stage[] {
  const eastWest = removal(mesh, observed, {
    name: 'remove-east-west',
    at: at.cluster,
    wanted: eastWestWanted(mesh),
    after: [at.after],
  })
  const istio = removal(mesh, observed, {
    name: 'remove-control-plane',
    at: at.cluster,
    wanted: [[kinds.istio, mesh.name]],
    after: [eastWest.id],
  })
  return [eastWest, { ...istio, gate: istioGone(mesh, at.cluster), deadlineSeconds: 300 }]
}

/** What a cluster may have of the traffic between networks; the Gateway stands with the control plane only. */
export function eastWestWanted({ controlPlane: { namespace } }: Mesh): Wanted[] {
  return [
    [kinds.serviceAccount, eastWestAccount, namespace],
    ...crossNetworkWanted({ controlPlane: { namespace } }),
    [kinds.deployment, eastWestName, namespace],
    [kinds.service, eastWestName, namespace],
  ]
}

export function crossNetworkWanted({ controlPlane: { namespace } }: { controlPlane: { namespace: string } }): Wanted[] {
  return [[kinds.gateway, crossNetworkName, namespace]]
}

export function scopeWanted({ controlPlane: { namespace } }: Mesh): Wanted[] {
  return [[kinds.sidecar, 'default', namespace]]
}

type Wanted = readonly [kind: KindKey, name: string, namespace?: string]
type Removal = { name: StageName; at: string; of?: string; wanted: Wanted[]; after: string[] }

/**
 * Only what is there and carries the mesh's label is deleted: a name alone does not make it ours. Kinds that are not
 * watched (accounts, roles) are named unseen beside those that are, and go before them, so that a run that was cut off
 * between the two finds its way back; no gate waits for them.
 */
export function removal(mesh: Mesh, observed: Observed, { name, at, of, wanted, after }: Removal): Stage {
  const view = observed.get(at)?.view
  const made = stage({
    name,
    cluster: at,
    removes: view === undefined ? [] : toRemove(mesh, view, wanted),
    after,
    gate: gateOf(at, (now) => {
      const [first] = wanted.flatMap((each) => present(mesh, now, each))
      if (first === undefined) return passed('gone')
      return waiting('still-there', { object: `${first.kind}/${first.metadata.name}` })
    }),
    deadlineSeconds: 120,
    timeout: 'removal-timeout',
  })
  const named = wanted.map((each) => refOfWanted(at, each))
  return { ...made, named, ...(of !== undefined && { id: stageId(name, of) }) }
}

function toRemove(mesh: Mesh, view: ClusterView, wanted: readonly Wanted[]): ObjectRef[] {
  const found = wanted.flatMap((each) => present(mesh, view, each)).map((each) => refOf(view.cluster, each))
  const unseen = wanted.filter(([kind]) => !view.has(kind) && unwatched.includes(kind))
  return found.length === 0 ? [] : [...unseen.map((each) => refOfWanted(view.cluster, each)), ...found]
}

/** Namespaced, and kept by no mirror: whether they are there is seen when they are removed. */
const unwatched: readonly KindKey[] = [kinds.serviceAccount]

/** All kinds that a mesh is made of are of version v1. */
function refOfWanted(cluster: string, [key, name, namespace]: Wanted): ObjectRef {
  const slash = key.lastIndexOf('/')
  return {
    cluster,
    group: key.slice(0, Math.max(slash, 0)),
    version: 'v1',
    kind: key.slice(slash + 1),
    ...(namespace !== undefined && { namespace }),
    name,
  }
}

function present(mesh: Mesh, view: ClusterView, [kind, name, namespace]: Wanted): KubernetesObject[] {
  const object = view.get(kind, name, namespace)
  return object !== undefined && isOwn(object, mesh) ? [object] : []
}

/** Sail's revisions keep a finalizer until Helm has taken everything away; without the operator they stay for ever. */
function istioGone(mesh: Mesh, cluster: string): Gate {
  return gateOf(cluster, (view) => {
    if (view.get(kinds.istio, mesh.name) !== undefined) return waiting('still-there', { object: `Istio/${mesh.name}` })
    const left = view.list(kinds.istioRevision).find((each) => ownedBy(each, mesh))
    return left === undefined ? passed('gone') : waiting('revision-finalizing', { revision: left.metadata.name })
  })
}

function ownedBy(revision: KubernetesObject, mesh: Mesh): boolean {
  return listAt(revision, 'metadata', 'ownerReferences').some((each) => textAt(each, 'name') === mesh.name)
}

function isOwn(object: KubernetesObject, mesh: Mesh): boolean {
  return labelsOf(object)[names.mesh] === mesh.name
}
