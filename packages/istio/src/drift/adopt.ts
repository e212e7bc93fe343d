import { MeshSpec } from '@orbweaver/contracts/fleet-objects'
import { type Json, listAt, sameJson, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { eastWestName } from '../blueprints/east-west.ts'
import { applyPaths, stepsOf, valueAt } from '../diff/touched.ts'
import { isMesh, type Mesh, readMesh } from '../meshes/mesh.ts'
import { entranceName, revisionOf } from '../meshes/names.ts'
import { everySetting } from '../meshes/settings.ts'
import { type Difference, differences, type Ground, placeOf } from './differences.ts'

/** A Mesh object that says what the cluster has, and the place where it says so. */
export type Adopted = { object: KubernetesObject; pointer: string }

/**
 * The Mesh that says what a cluster has in one place, if it can: of the places that may say it, the first from which the
 * blueprint then asks for just that, and for nothing that any cluster does not have. Undefined where there is none:
 * what the console makes itself (identity, names, webhooks, addresses) no Mesh can say otherwise.
 */
export function adopt(object: KubernetesObject, difference: Difference, ground: Ground): Adopted | undefined {
  const mesh = readMesh(object)
  if (!isMesh(mesh)) return undefined
  const place = placeOf(difference)
  const before = new Set(differences(mesh, ground).map(placeOf))
  for (const edits of candidates(object, mesh, difference)) {
    const [edit] = edits
    const after = edits.reduce((so, { pointer, value }) => applyPaths(so, [touched(pointer, value)]), object)
    if (edit !== undefined && agrees(after, { place, before, ground })) return { object: after, pointer: edit.pointer }
  }
  return undefined
}

/** The same of many places, each seen from where the one before left off; those that cannot be adopted are left. */
export function adoptAll(object: KubernetesObject, wanted: readonly Difference[], ground: Ground): KubernetesObject {
  return wanted.reduce((so, each) => adopt(so, each, ground)?.object ?? so, object)
}

type Wanted = { place: string; before: ReadonlySet<string>; ground: Ground }

/** What is not valid could not be stored. */
function agrees(object: KubernetesObject, { place, before, ground }: Wanted): boolean {
  if (!MeshSpec.safeParse(object.spec).success) return false
  const mesh = readMesh(object)
  if (!isMesh(mesh)) return false
  const left = differences(mesh, ground).map(placeOf)
  return !left.includes(place) && left.every((each) => before.has(each))
}

/** A place of the Mesh and what it is to say; undefined takes it away. */
type Edit = { pointer: string; value: Json | undefined }

function touched(pointer: string, after: Json | undefined) {
  return after === undefined ? { pointer } : { pointer, after }
}

/** What may make the Mesh say it, the plainest first. The first edit of each is the one to be told. */
function candidates(object: KubernetesObject, mesh: Mesh, difference: Difference): Edit[][] {
  const { ref, pointer, live } = difference
  if (pointer === '') return goneOf(ref)
  if (ref.kind === 'Istio') return istioEdits(object, mesh, difference)
  if (ref.name === eastWestName) return gatewayEdits(object, difference)
  if (ref.kind !== 'Service' || ref.name !== entranceName(revisionOf(mesh))) return []
  const known = annotationIn(pointer) ?? (pointer === '/spec/loadBalancerIP' ? '/loadBalancerIP' : undefined)
  return known === undefined ? [] : [[{ pointer: `/spec/controlPlane/entrance${known}`, value: live }]]
}

function istioEdits(object: KubernetesObject, mesh: Mesh, { ref, pointer, live }: Difference): Edit[][] {
  if (pointer === '/spec/version') return [[{ pointer, value: live }]]
  const values = valuesPrefix(object, mesh, ref.cluster)
  if (!pointer.startsWith('/spec/values/') || values === undefined) return []
  const below = pointer.slice('/spec/values'.length)
  const said = sayings(`${values}${below}`, live)
  return ref.cluster === mesh.controlPlane.cluster ? [...settingEdits(object, below, live), ...said] : said
}

/** `/annotations/…` of a pointer to one. */
function annotationIn(pointer: string): string | undefined {
  return /^\/metadata(\/annotations\/[^/]+)$/.exec(pointer)?.[1]
}

/** Objects that are there because the Mesh says one word. */
function goneOf({ kind, group }: Difference['ref']): Edit[][] {
  if (group !== 'networking.istio.io') return []
  if (kind === 'Sidecar') return [[{ pointer: '/spec/settings/sidecar/discoveryIsolation', value: undefined }]]
  return kind === 'Gateway' ? [[{ pointer: '/spec/networks/exposeServices', value: false }]] : []
}

/** Where the Mesh has values of the Istio in this cluster. */
function valuesPrefix(object: KubernetesObject, mesh: Mesh, cluster: string): string | undefined {
  if (cluster === mesh.controlPlane.cluster) return '/spec/values'
  const index = listAt(object, 'spec', 'members').findIndex((each) => textAt(each, 'cluster') === cluster)
  return index < 0 ? undefined : `/spec/members/${index}/values`
}

/** What is not there is no more said or, where somebody else says it, cleared (null, as in Helm). */
function sayings(pointer: string, live: Json | undefined): Edit[][] {
  if (live !== undefined) return [[{ pointer, value: live }]]
  return [[{ pointer, value: undefined }], [{ pointer, value: null }]]
}

/** Fields of the Mesh beside its settings that set one value as it is. */
const fields: Record<string, string> = {
  '/pilot/replicaCount': '/spec/controlPlane/replicas',
  '/global/hub': '/spec/controlPlane/imageHub',
  '/global/meshID': '/spec/settings/system/meshId',
}

/** Fields of the Mesh that set this value. What its values say there goes: it would have the last word. */
function settingEdits(object: KubernetesObject, below: string, live: Json | undefined): Edit[][] {
  const path = stepsOf(below).join('.')
  const own = `/spec/values${below}`
  const cleared: Edit[] = valueAt(object, own) === undefined ? [] : [{ pointer: own, value: undefined }]
  const field = fields[below]
  const typed = field === undefined ? [] : [[{ pointer: field, value: live }, ...cleared]]
  const settings = everySetting.filter(({ setting }) => setting.to === path)
  return [
    ...settings.flatMap(({ setting }) => {
      const pointer = `/spec/settings/${setting.path.join('/')}`
      const write = setting.write ?? ((value: Json): Json | undefined => value)
      if (live === undefined) return [[{ pointer, value: undefined }, ...cleared]]
      const fitting = givens(live).filter((each) => {
        const written = write(each)
        return written !== undefined && sameJson(written, live)
      })
      return fitting.map((value) => [{ pointer, value }, ...cleared])
    }),
    ...typed,
  ]
}

/** What a person may have given to make a value what it is. */
function givens(live: Json): Json[] {
  return [live, true, false, ...(typeof live === 'string' ? [live.split(',')] : [])]
}

function gatewayEdits(object: KubernetesObject, { ref, pointer, live }: Difference): Edit[][] {
  const gateways = listAt(object, 'spec', 'networks', 'eastWestGateways')
  const index = gateways.findIndex((each) => textAt(each, 'cluster') === ref.cluster)
  const resources = /^\/spec\/template\/spec\/containers\/0(\/resources.*)$/.exec(pointer)?.[1]
  const known = annotationIn(pointer) ?? resources ?? (pointer === '/spec/replicas' ? '/replicas' : undefined)
  if (known === undefined) return []
  const all = '/spec/networks/eastWestGateways'
  if (index >= 0) return [[{ pointer: `${all}/${index}${known}`, value: live }]]
  // Nothing was said of this gateway so far.
  if (known !== '/resources' || live === undefined) return []
  return [[{ pointer: `${all}/${gateways.length}`, value: { cluster: ref.cluster, resources: live } }]]
}
