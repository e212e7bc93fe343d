import { isKubernetesObject, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { isRecord, type Json, type JsonRecord, listAt, plainRecord, stringsAt, textAt } from '@orbweaver/contracts/json'
import { happened } from '@orbweaver/istio/meshes/happened'
import { kubernetesYaml } from '@orbweaver/istio/kubernetes-yaml'
import { documentsAllowed } from '@orbweaver/istio/support/allowed'
import { KubeError } from '@orbweaver/kube/error'
import { configMaps, events } from '@orbweaver/kube/resources'
import type { KubeClient } from '@orbweaver/kube/client'
import { parse } from 'yaml'
import { inFlight } from '../../../changes/in-flight.ts'
import { readerMs } from '../../../fleet/ask-soon.ts'
import type { ClusterDoor, ViewerDoor } from '../../../kube/doors.ts'
import type { Bundle, Unread } from './bundle.ts'

/** How much is asked of one cluster at most. */
const liveBounds = {
  eventsPerNamespace: 500,
  eventsPerCluster: 300,
  logs: 4,
  logLines: 1_000,
  logBytes: 262_144,
}

type Asked = Omit<Unread, 'cluster' | 'reason'>

/** One cluster, asked as the person. Once it does not answer, or time is over, it is asked no more. */
export type Live = {
  readonly cluster: string
  readonly bundle: Bundle
  /** Undefined where nothing was answered: then it is named in the bundle. What does not exist is not. */
  ask<Value>(what: Asked, question: (client: KubeClient) => Promise<Value>): Promise<Value | undefined>
}

const silent = new Set(['unreachable', 'timeout', 'tls', 'aborted', 'unauthorized'])

export function openLive(
  { bundle, viewer, endsAt }: { bundle: Bundle; viewer: ViewerDoor; endsAt: number },
  door: ClusterDoor,
): Live {
  const truth = door.mirror.truth()
  const client = door.as(viewer.identity)
  const away = truth.state === 'unreachable' || truth.state === 'unauthorized'
  let given: string | undefined = away ? (truth.reason ?? 'kube.unreachable') : undefined
  return {
    cluster: door.name,
    bundle,
    async ask({ right, ...what }, question) {
      if (given === undefined && Date.now() > endsAt) given = 'out-of-time'
      if (given !== undefined) {
        bundle.unread({ cluster: door.name, ...what, reason: given })
        return undefined
      }
      try {
        return await question(client)
      } catch (error) {
        if (!(error instanceof KubeError)) throw error
        if (error.code === 'not_found') return undefined
        const reason = `kube.${error.code}`
        if (silent.has(error.code)) given = reason
        const missing = error.code === 'forbidden' && right !== undefined ? { right } : {}
        bundle.unread({ cluster: door.name, ...what, reason, ...missing })
        return undefined
      }
    },
  }
}

/** The newest events of these namespaces, oldest first. */
export async function eventsPart(live: Live, namespaces: readonly string[], path: string): Promise<void> {
  const { eventsPerNamespace, eventsPerCluster } = liveBounds
  const listed = await inFlight(namespaces, 6, async (namespace) => {
    const right = { verb: 'list', group: '', resource: events.plural, namespace }
    const place = `/api/v1/namespaces/${encodeURIComponent(namespace)}/events?limit=${eventsPerNamespace}`
    const answer = await live.ask({ what: 'events', namespace, right }, (client) =>
      client.raw(place, { deadlineMs: readerMs }),
    )
    if (textAt(answer?.body, 'metadata', 'continue') !== undefined)
      live.bundle.cut(`${path}#${namespace}`, 'many-events')
    return listAt(answer?.body, 'items')
      .map((each): unknown => ({ apiVersion: 'v1', kind: 'Event', ...(isRecord(each) && each) }))
      .filter(isKubernetesObject)
      .map((each) => ({ namespace, ...happened(each) }))
  })
  const all = listed.flat().toSorted((a, b) => (a.at ?? '').localeCompare(b.at ?? ''))
  if (all.length > eventsPerCluster) live.bundle.cut(path, 'many-events')
  if (all.length > 0) live.bundle.document(path, all.slice(-eventsPerCluster), documentsAllowed.events)
}

/** The last lines of these Pods' first containers. */
export async function logsPart(live: Live, pods: readonly KubernetesObject[], directory: string): Promise<void> {
  const { logs, logLines, logBytes } = liveBounds
  if (pods.length > logs) live.bundle.cut(directory, 'many-pods')
  await inFlight(pods.slice(0, logs), 2, async (pod) => {
    const { namespace = '', name } = pod.metadata
    const container = textAt(listAt(pod, 'spec', 'containers')[0], 'name') ?? ''
    const query = new URLSearchParams({ container, tailLines: `${logLines}`, limitBytes: `${logBytes}` })
    const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}/log?${query.toString()}`
    const right = { verb: 'get', group: '', resource: 'pods/log', namespace }
    const answer = await live.ask({ what: `log ${name}`, namespace, right }, (client) =>
      client.raw(path, { deadlineMs: 3 * readerMs, accept: '*/*' }),
    )
    if (typeof answer?.body !== 'string') return
    const lines = answer.body.slice(0, logBytes).trimEnd().split('\n')
    live.bundle.lines(`${directory}/${name.slice(-90)}.log`, lines.slice(-logLines))
  })
}

/** Istio's own ConfigMaps of these names, the documents in them read. */
export async function configMapsPart(
  live: Live,
  { namespace, names }: { namespace: string; names: readonly string[] },
  path: string,
): Promise<void> {
  const found = await inFlight(names, 4, async (name) => {
    const right = { verb: 'get', group: '', resource: configMaps.plural, namespace }
    const map = await live.ask({ what: `ConfigMap ${name}`, namespace, right }, (client) =>
      client.get(configMaps, { namespace, name }, { deadlineMs: readerMs }),
    )
    return map === undefined ? [] : [{ ...map, data: documentsIn(map) }]
  })
  live.bundle.objects(path, found.flat())
}

/** What reads as a document is one; templates stay texts, and are withheld. What cannot be read is told to be there. */
function documentsIn(map: KubernetesObject): JsonRecord {
  const entries = Object.entries(stringsAt(map, 'data')).map(([key, text]): [string, Json] => {
    const value = readable.has(key) ? documentOf(text) : undefined
    return [key, isRecord(value) ? plainRecord(value) : text]
  })
  return Object.fromEntries(entries)
}

const readable = new Set(['mesh', 'values', 'merged-values'])

function documentOf(text: string): unknown {
  try {
    return parse(text, kubernetesYaml)
  } catch {
    return undefined
  }
}
