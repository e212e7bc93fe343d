import { isRecord, type JsonRecord, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import {
  isKubernetesObject,
  type KubernetesObject,
  labelsOf,
  refKey,
  refOf,
  splitApiVersion,
} from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { names } from '../world/names.ts'
import { portable, portableNamespace } from './portable.ts'

/** One document of a file, with the cluster that the file says it lay in; undefined where it does not say. */
export type ImportDocument = { file: string; cluster: string | undefined; value: unknown }

type ImportedObject = { cluster: string; object: KubernetesObject }

export type Imported = {
  mesh: { name: string; spec: JsonRecord } | undefined
  /** Namespaces first, then rules, each as they stood. */
  objects: ImportedObject[]
  /** What the console makes from the Mesh by itself, or what installed an Istio it does not install: left out. */
  leftOut: number
  faults: Message[]
  /** Every cluster that is named, the control plane's first. */
  clusters: string[]
}

/** Of a Mesh what belongs to the hub it was in: how it was to go, and how often it was repaired. */
const ofItsHub = ['deletionPolicy', 'leaveBehind', 'repair']

const ruleGroups = /^(networking|security|telemetry|extensions)\.istio\.io$/

/** Reads back what an export wrote (portable.ts): one Mesh, the namespaces it is concerned with, its rules. */
export function readImport(documents: readonly ImportDocument[]): Imported {
  const faults: Message[] = []
  const fault = (code: Message['code'], params: Message['params']) =>
    void faults.push({ code: `meshes.${code}`, params })
  const found = documents.flatMap(({ file, cluster, value }) => {
    if (value === null || value === undefined) return []
    if (isKubernetesObject(value)) return [{ file, cluster, object: value }]
    fault(importCodes.notObject, { file })
    return []
  })
  const records = found.filter(({ object }) => isMeshObject(object)).map(({ object }) => object)
  const [record] = records
  if (record === undefined) fault(importCodes.noMesh, {})
  if (records.length > 1) fault(importCodes.twoMeshes, { names: records.map((each) => each.metadata.name).join(', ') })
  const primary = textAt(record, 'spec', 'controlPlane', 'cluster') ?? ''
  const objects = new Map<string, ImportedObject>()
  let leftOut = 0
  for (const { file, cluster = primary, object } of found.filter((each) => !isMeshObject(each.object))) {
    const judged = judge(object)
    if (judged === 'left-out') leftOut += 1
    else if (typeof judged === 'string') fault(judged, { file, kind: object.kind, name: object.metadata.name })
    else {
      const key = refKey(refOf(cluster, judged))
      if (objects.has(key)) fault(importCodes.twice, { kind: object.kind, name: object.metadata.name })
      else objects.set(key, { cluster, object: judged })
    }
  }
  const all = [...objects.values()].toSorted((a, b) => rank(a) - rank(b))
  return { mesh: meshIn(record), objects: all, leftOut, faults, clusters: clustersIn(record, all) }
}

const importCodes = {
  notObject: 'import-not-object',
  noMesh: 'import-no-mesh',
  twoMeshes: 'import-two-meshes',
  twice: 'import-twice',
  secret: 'import-secret',
  kind: 'import-kind',
  noNamespace: 'import-no-namespace',
} as const
type ImportCode = (typeof importCodes)[keyof typeof importCodes]

function judge(object: KubernetesObject): KubernetesObject | ImportCode | 'left-out' {
  const { group } = splitApiVersion(object.apiVersion)
  if (group === '' && object.kind === 'Secret') return importCodes.secret
  if (group === 'sailoperator.io' || labelsOf(object)[names.mesh] !== undefined) return 'left-out'
  if (group === '' && object.kind === 'Namespace') return portableNamespace(object)
  if (!ruleGroups.test(group)) return importCodes.kind
  return object.metadata.namespace === undefined ? importCodes.noNamespace : portable(object)
}

function isMeshObject({ apiVersion, kind }: KubernetesObject): boolean {
  return kind === 'Mesh' && splitApiVersion(apiVersion).group === 'orbweaver.dev'
}

function meshIn(record: KubernetesObject | undefined): Imported['mesh'] {
  if (record === undefined) return undefined
  const spec = { ...recordAt(record, 'spec') }
  for (const field of ofItsHub) delete spec[field]
  return { name: record.metadata.name, spec }
}

function rank({ object }: ImportedObject): number {
  return object.kind === 'Namespace' ? 0 : 1
}

function clustersIn(record: KubernetesObject | undefined, objects: readonly ImportedObject[]): string[] {
  const members = listAt(record, 'spec', 'members').map((each) => textAt(each, 'cluster'))
  const named = [
    textAt(record, 'spec', 'controlPlane', 'cluster'),
    ...members,
    ...objects.map(({ cluster }) => cluster),
  ]
  return [...new Set(named.filter((each) => each !== undefined))].filter((each) => each !== '')
}

/** The same in other clusters: `to` names for each cluster of the files the one it becomes. */
export function movedTo(
  { mesh, objects }: Pick<Imported, 'mesh' | 'objects'>,
  to: Readonly<Record<string, string>>,
): Pick<Imported, 'mesh' | 'objects'> {
  const moved = (cluster: string) => to[cluster] ?? cluster
  return {
    mesh: mesh === undefined ? undefined : { ...mesh, spec: movedSpec(mesh.spec, moved) },
    objects: objects.map(({ cluster, object }) => ({ cluster: moved(cluster), object })),
  }
}

function movedSpec(spec: JsonRecord, moved: (cluster: string) => string): JsonRecord {
  const { controlPlane, members } = spec
  const there = (of: JsonRecord) => ({ ...of, cluster: moved(textAt(of, 'cluster') ?? '') })
  return {
    ...spec,
    ...(isRecord(controlPlane) && { controlPlane: there(controlPlane) }),
    ...(Array.isArray(members) && { members: members.filter(isRecord).map(there) }),
  }
}

/**
 * In portions that one plan takes: so many objects, and so many bytes of JSON, as a Change is kept in the hub (512 KiB)
 * beside what it does.
 */
export function portions(
  objects: readonly ImportedObject[],
  most = { objects: 100, bytes: 131_072 },
): ImportedObject[][] {
  const out: ImportedObject[][] = []
  let bytes = 0
  for (const each of objects) {
    const size = JSON.stringify(each).length
    const last = out.at(-1)
    if (last === undefined || last.length >= most.objects || bytes + size > most.bytes) {
      out.push([each])
      bytes = size
    } else {
      last.push(each)
      bytes += size
    }
  }
  return out
}
