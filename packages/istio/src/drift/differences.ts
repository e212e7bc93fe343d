import { type Json, type JsonRecord, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, type ObjectRef, refKey, refOf } from '@orbweaver/contracts/kubernetes'
import { blueprint } from '../blueprints/blueprint.ts'
import { holesIn } from '../blueprints/holes.ts'
import type { Observed } from '../blueprints/stage.ts'
import { differing } from '../diff/asked.ts'
import { escape, stepsOf, valueAt } from '../diff/touched.ts'
import type { Mesh } from '../meshes/mesh.ts'

/** One place where a cluster is not as a Mesh says. */
export type Difference = {
  ref: ObjectRef
  /** JSON pointer; empty where the whole object is missing. Lists differ as a whole. */
  pointer: string
  /** What the cluster has; undefined for nothing. */
  live: Json | undefined
  /** What the Mesh asks for; undefined where it asks for no more what it once asked for. */
  asked: Json | undefined
}

/** What a cluster has of an object that is asked for; undefined where that is not known. */
export type Look = (cluster: string, asked: KubernetesObject) => Seen | undefined
/** `whole`: false where only some of it is kept, as of workloads. */
type Seen = { live: KubernetesObject | undefined; whole: boolean }

export type Ground = { observed: Observed; look: Look }

/** Every place in which clusters differ from what the blueprint of a mesh asks for. Values not known yet count for nothing. */
export function differences(mesh: Mesh, { observed, look }: Ground): Difference[] {
  return blueprint(mesh, observed).flatMap((stage) =>
    stage.objects.flatMap((asked) => {
      const seen = look(stage.cluster, asked)
      return seen === undefined ? [] : ofObject(refOf(stage.cluster, asked), asked, seen)
    }),
  )
}

/** The same place, whatever it holds. */
export function placeOf({ ref, pointer }: Pick<Difference, 'ref' | 'pointer'>): string {
  return `${refKey(ref)}#${pointer}`
}

function ofObject(ref: ObjectRef, asked: KubernetesObject, { live, whole }: Seen): Difference[] {
  if (live === undefined) return [{ ref, pointer: '', live: undefined, asked: undefined }]
  if (holesIn(asked).length > 0) return []
  const compared = whole ? asked : keptOf(asked)
  const pointers = differing(live, compared).map((each) => (whole ? upToList(compared, each) : each))
  return [...new Set(pointers)].map((pointer) => ({
    ref,
    pointer,
    live: valueAt(live, pointer),
    asked: valueAt(compared, pointer),
  }))
}

/** What is kept of a workload: its number of Pods, and of its containers what they ask for and may use. */
function keptOf(asked: KubernetesObject): KubernetesObject {
  const { apiVersion, kind, metadata } = asked
  const { replicas } = recordAt(asked, 'spec')
  const containers = listAt(asked, 'spec', 'template', 'spec', 'containers').map((each): JsonRecord => {
    const [requests, limits] = ['requests', 'limits'].map((what) => amounts(recordAt(each, 'resources', what)))
    return {
      name: textAt(each, 'name') ?? '',
      resources: { ...(requests !== undefined && { requests }), ...(limits !== undefined && { limits }) },
    }
  })
  const spec = { ...(replicas !== undefined && { replicas }), template: { spec: { containers } } }
  return { apiVersion, kind, metadata: { name: metadata.name }, spec }
}

function amounts({ cpu, memory }: JsonRecord): JsonRecord | undefined {
  if (cpu === undefined && memory === undefined) return undefined
  return { ...(cpu !== undefined && { cpu }), ...(memory !== undefined && { memory }) }
}

/** The list a pointer leads into, else the pointer itself. */
function upToList(object: KubernetesObject, pointer: string): string {
  let at = ''
  for (const step of stepsOf(pointer)) {
    if (Array.isArray(valueAt(object, at))) return at
    at = `${at}/${escape(step)}`
  }
  return at
}
