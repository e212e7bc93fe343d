import {
  type KubernetesObject,
  labelsOf,
  type ObjectRef,
  splitApiVersion,
  targetOf,
} from '@orbweaver/contracts/kubernetes'
import { holesIn } from '@orbweaver/istio/blueprints/holes'
import type { Stage } from '@orbweaver/istio/blueprints/stage'
import { beyond, builderManager, differing } from '@orbweaver/istio/diff/asked'
import { names } from '@orbweaver/istio/world/names'
import type { Resource } from '@orbweaver/kube/client'
import { KubeError } from '@orbweaver/kube/error'
import { knownResource } from '@orbweaver/kube/known-resources'
import { current, nothing } from '../kube/current.ts'
import type { ClusterDoor } from '../kube/doors.ts'

export type Applied =
  | { state: 'applied'; writes: number }
  /** Values are still missing: the stage waits for an earlier one. */
  | { state: 'holes'; holes: string[] }
  | { state: 'refused'; code: string; message: string }
  /** The Lease is gone: another replica goes on. */
  | { state: 'stopped' }

export type Applying = { door: ClusterDoor; stage: Stage; mayWrite: () => boolean }

/** Brings the objects of a stage about where they differ, and takes away what it removes. Idempotent at every point. */
export async function applyStage({ door, stage, mayWrite }: Applying): Promise<Applied> {
  const holes = [...new Set(stage.objects.flatMap(holesIn))]
  if (holes.length > 0) return { state: 'holes', holes }
  let writes = 0
  try {
    for (const object of stage.objects) {
      if (await isThere(door, object)) continue
      if (!mayWrite()) return { state: 'stopped' }
      await apply(door, object)
      writes += 1
    }
    for (const ref of stage.removes) {
      if (!(await isOurs(door, ref))) continue
      if (!mayWrite()) return { state: 'stopped' }
      await remove(door, ref)
      writes += 1
    }
  } catch (error) {
    if (error instanceof KubeError) return { state: 'refused', code: error.code, message: error.message }
    throw error
  }
  return { state: 'applied', writes }
}

function resourceFor(of: { group: string; kind: string }): Resource {
  const resource = knownResource(of.group, of.kind)
  if (resource === undefined) throw new TypeError(`a blueprint names a kind without a resource: ${of.kind}`)
  return resource
}

async function isThere(door: ClusterDoor, object: KubernetesObject): Promise<boolean> {
  const resource = resourceFor({ group: splitApiVersion(object.apiVersion).group, kind: object.kind })
  const live = await current(door, resource, object.metadata)
  return live !== undefined && differing(live, object).length === 0
}

async function apply(door: ClusterDoor, object: KubernetesObject): Promise<void> {
  const resource = resourceFor({ group: splitApiVersion(object.apiVersion).group, kind: object.kind })
  const target = targetOf(object.metadata)
  // Force: the plan of the Mesh showed these objects and who else owned their fields.
  const written = await door.own.patch(resource, target, {
    type: 'apply',
    body: object,
    force: true,
    fieldManager: builderManager,
  })
  const others = beyond(written.object, object)
  if (others.length === 0) return
  const { resourceVersion = '' } = written.object.metadata
  const test = { op: 'test', path: '/metadata/resourceVersion', value: resourceVersion }
  const body = [test, ...others.map((path) => ({ op: 'remove', path }))]
  await door.own.patch(resource, target, { type: 'json', body, fieldManager: builderManager })
}

/** A name alone does not make an object ours: what carries no mesh's label is left where it is. */
async function isOurs(door: ClusterDoor, ref: ObjectRef): Promise<boolean> {
  const found = await current(door, resourceFor(ref), ref)
  if (found === undefined || found.metadata.deletionTimestamp !== undefined) return false
  return labelsOf(found)[names.mesh] !== undefined
}

async function remove(door: ClusterDoor, ref: ObjectRef): Promise<void> {
  await door.own.remove(resourceFor(ref), targetOf(ref), { propagation: 'Background' }).catch(nothing)
}
