import {
  type KubernetesObject,
  labelsOf,
  type ObjectRef,
  refKey,
  refOf,
  targetOf,
} from '@orbweaver/contracts/kubernetes'
import type { EventEvidence, ObjectEvidence, StageEvidence } from '@orbweaver/contracts/stage-evidence'
import type { Message } from '@orbweaver/contracts/message'
import { blueprint } from '@orbweaver/istio/blueprints/blueprint'
import { leaveStages, uninstall } from '@orbweaver/istio/blueprints/uninstall'
import { happened } from '@orbweaver/istio/meshes/happened'
import { clustersOf } from '@orbweaver/istio/meshes/mesh'
import { revisionOf } from '@orbweaver/istio/meshes/names'
import { toldBy } from '@orbweaver/istio/meshes/told'
import { names } from '@orbweaver/istio/world/names'
import type { KubeClient } from '@orbweaver/kube/client'
import { KubeError } from '@orbweaver/kube/error'
import { knownResource } from '@orbweaver/kube/known-resources'
import { deployments, events, istioRevisions, istios, pods } from '@orbweaver/kube/resources'
import { inFlight } from '../../changes/in-flight.ts'
import type { Fleet } from '../../kube/doors.ts'
import { observe } from '../../reconciler/observe.ts'
import type { StatusStage } from '../../reconciler/mesh-status.ts'
import type { Asking } from './asking.ts'
import type { MeshRow } from './summary.ts'

/** How long one cluster may take to answer one question here (ms). */
const deadlineMs = 3_000
const mostObjects = 30
const mostEvents = 20
const mostLogs = 2
const mostLines = 40

/**
 * Why a stage stands as it does: its objects and the Deployments and Pods behind them, what happened to them, and what
 * istiod says, all read now with the person's own rights. Of a stage that the mesh does not have there is nothing.
 */
export async function stageEvidence(asking: Asking, row: MeshRow, at: { stage: string; cluster: string }) {
  const stage = row.status.stages.find((each) => each.name === at.stage && each.cluster === at.cluster)
  if (stage === undefined) return nothing
  const behind = await objectsBehind(asking, row, stage)
  const refs = unique([...stage.objects, ...revisionsOf(row, stage), ...behind]).slice(0, mostObjects)
  const known = refs.filter((ref) => knownResource(ref.group, ref.kind) !== undefined)
  const [objects, happened, said] = await Promise.all([
    inFlight(known, 10, (ref) => objectEvidence(asking, ref)),
    eventsOf(asking, known),
    logsOf(asking, behind),
  ])
  return {
    ...deadlineOf(asking.fleet, row, stage),
    objects,
    events: happened.events,
    logs: said.logs,
    unread: [...happened.unread, ...said.unread],
  } satisfies StageEvidence
}

const nothing: StageEvidence = { objects: [], events: [], logs: [], unread: [] }

function unique(refs: readonly ObjectRef[]): ObjectRef[] {
  return [...new Map(refs.map((ref) => [refKey(ref), ref])).values()]
}

function deadlineOf(fleet: Fleet, { mesh, status }: MeshRow, stage: StatusStage): Pick<StageEvidence, 'deadline'> {
  if (stage.state !== 'running' || stage.since === undefined) return {}
  const wanted = clustersOf(mesh)
  const leaving = status.members.map((each) => each.cluster).filter((each) => !wanted.includes(each))
  const observed = observe(fleet, mesh, [...wanted, ...leaving])
  const all = mesh.deleting
    ? uninstall(mesh, observed)
    : [...blueprint(mesh, observed), ...leaving.flatMap((each) => leaveStages(mesh, each, observed))]
  const found = all.find((each) => each.id === `${stage.name}@${stage.cluster}`)
  if (found === undefined) return {}
  return { deadline: new Date(Date.parse(stage.since) + found.deadlineSeconds * 1_000).toISOString() }
}

/** The revision that Sail makes of a stage's Istio: most of what can go wrong is said there. */
function revisionsOf({ mesh }: MeshRow, stage: StatusStage): ObjectRef[] {
  const { group, version, kind } = istioRevisions
  return stage.objects
    .filter((each) => each.kind === istios.kind && each.group === group)
    .map(({ cluster }) => ({ cluster, group, version, kind, name: revisionOf(mesh) }))
}

const ofControlPlane = new Set([
  'control-plane',
  'default-tag',
  'member-control-plane',
  'member-ready',
  'member-default',
  'remote-secret',
  'adopt',
  'remove-control-plane',
])

/** Deployments and Pods that a stage waits for without writing them: istiod, the operator, the east-west gateway. */
async function objectsBehind({ viewer }: Asking, { mesh }: MeshRow, stage: StatusStage): Promise<ObjectRef[]> {
  const isOperator = (object: KubernetesObject) => labelsOf(object)['control-plane'] === 'sail-operator'
  const isIstiod = (object: KubernetesObject) =>
    labelsOf(object).app === 'istiod' && labelsOf(object)[names.revision] === revisionOf(mesh)
  const isEastWest = (object: KubernetesObject) => labelsOf(object).istio === 'eastwestgateway'
  const { cluster, namespace } = mesh.controlPlane
  const find = async (at: { cluster: string; namespace?: string }, matches: (each: KubernetesObject) => boolean) => {
    const listed = await inFlight([deployments, pods], 2, (kind) => viewer.list(at.cluster, kind, at.namespace))
    return listed
      .flat()
      .filter(matches)
      .map((each) => refOf(at.cluster, each))
  }
  if (stage.name === 'east-west' || stage.name === 'remove-east-west') {
    return find({ cluster: stage.cluster, namespace }, isEastWest)
  }
  if (!ofControlPlane.has(stage.name)) return []
  const istiods = await find({ cluster, namespace }, isIstiod)
  const hasOperator = stage.name.endsWith('control-plane')
  return hasOperator ? [...istiods, ...(await find({ cluster: stage.cluster }, isOperator))] : istiods
}

function clientOf({ fleet, viewer }: Asking, cluster: string): KubeClient | undefined {
  const door = cluster === fleet.hub.name ? fleet.hub : fleet.get(cluster)
  return door?.as(viewer.identity)
}

async function objectEvidence(asking: Asking, ref: ObjectRef): Promise<ObjectEvidence> {
  const resource = knownResource(ref.group, ref.kind)
  const client = clientOf(asking, ref.cluster)
  if (resource === undefined || client === undefined) return { ref, state: 'unknown', conditions: [] }
  try {
    const object = await client.get(resource, targetOf(ref), { deadlineMs })
    return { ref, state: 'there', conditions: toldBy(object) }
  } catch (error) {
    if (!(error instanceof KubeError)) throw error
    return { ref, state: error.code === 'not_found' ? 'missing' : 'unknown', conditions: [] }
  }
}

type Place = { cluster: string; namespace: string }

/** What a place did not tell, and why. */
function unreadAt({ cluster, namespace }: Place, what: string, error: unknown): Message {
  if (!(error instanceof KubeError)) throw error
  return { code: `meshes.${what}_unread`, params: { cluster, namespace, what: `kube.${error.code}` } }
}

/** Events about something without a namespace lie in `default` (client-go tools/record/event.go makeEvent). */
async function eventsOf(asking: Asking, refs: readonly ObjectRef[]) {
  const about = new Map(refs.map((ref) => [aboutKey(ref), ref]))
  const places = new Map<string, Place>()
  for (const { cluster, namespace = 'default' } of refs) places.set(`${cluster}/${namespace}`, { cluster, namespace })
  const unread: Message[] = []
  const found = await inFlight([...places.values()], 6, async (place) => {
    try {
      const listed = await clientOf(asking, place.cluster)?.list(events, { namespace: place.namespace, deadlineMs })
      return (listed?.items ?? []).flatMap((event) => eventEvidence(place.cluster, event, about))
    } catch (error) {
      unread.push(unreadAt(place, 'events', error))
      return []
    }
  })
  const newest = found.flat().toSorted((a, b) => (b.at ?? '').localeCompare(a.at ?? ''))
  return { events: newest.slice(0, mostEvents), unread }
}

function aboutKey({ cluster, kind, namespace, name }: Omit<ObjectRef, 'group' | 'version'>): string {
  return [cluster, kind, namespace ?? '', name].join('/')
}

/** Recorders write the namespace `default` also of what has none. */
function eventEvidence(
  cluster: string,
  event: KubernetesObject,
  about: ReadonlyMap<string, ObjectRef>,
): EventEvidence[] {
  const { at, about: of, ...told } = happened(event)
  const ref = about.get(aboutKey({ cluster, ...of })) ?? about.get(aboutKey({ cluster, ...of, namespace: '' }))
  return ref === undefined ? [] : [{ ref, ...told, ...(at !== undefined && { at }) }]
}

/** Of istiods alone: what the operator and gateways say is theirs to show. */
async function logsOf(asking: Asking, behind: readonly ObjectRef[]): Promise<Pick<StageEvidence, 'logs' | 'unread'>> {
  const istiods = behind.filter((each) => each.kind === pods.kind && each.name.startsWith('istiod')).slice(0, mostLogs)
  const unread: Message[] = []
  const logs = await inFlight(istiods, mostLogs, async (ref) => {
    const { cluster, namespace = '', name } = ref
    const query = `container=${istiodContainer}&tailLines=${mostLines}&limitBytes=65536`
    const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}/log?${query}`
    try {
      const answer = await clientOf(asking, cluster)?.raw(path, { deadlineMs, accept: '*/*' })
      const text = typeof answer?.body === 'string' ? answer.body : ''
      const lines = text.split('\n').filter((line) => line !== '')
      return lines.length === 0 ? [] : [{ ref, container: istiodContainer, lines: lines.slice(-mostLines) }]
    } catch (error) {
      // Its container has not begun (400, kubelet_pods.go): why not stands with the Pod itself.
      if (!(error instanceof KubeError && error.code === 'invalid')) {
        unread.push(unreadAt({ cluster, namespace }, 'logs', error))
      }
      return []
    }
  })
  return { logs: logs.flat(), unread }
}

const istiodContainer = 'discovery'
