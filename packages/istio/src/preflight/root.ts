import type { ObjectRef } from '@orbweaver/contracts/kubernetes'
import type { Mesh } from '../meshes/mesh.ts'
import { check, type ClusterFacts, fix, type PreflightCheck, type PreflightInput, type RootFact } from './check.ts'

const dayMs = 86_400_000
/** Roots live for years: the last of it is to be used to change them, in three phases. */
const soonDays = 60

/** The root of trust of what is there: whether it still lives, and whether the mesh's other side trusts the same. */
export function roots(
  mesh: Mesh,
  facts: ReadonlyMap<string, ClusterFacts>,
  { now, begins }: Pick<PreflightInput, 'now' | 'begins'>,
): PreflightCheck[] {
  const primary = facts.get(mesh.controlPlane.cluster)
  return [...facts.values()]
    .filter((each) => each.unreachable === undefined)
    .flatMap((each) => rootsOf(mesh, each, { primary, now, begins }))
}

type Against = Pick<PreflightInput, 'now' | 'begins'> & { primary: ClusterFacts | undefined }

function rootsOf(mesh: Mesh, { cluster, roots: found }: ClusterFacts, against: Against): PreflightCheck[] {
  const { primary, now, begins } = against
  if (found === undefined) return [check('root.unknown', 'unknown', { cluster })]
  if (found.length === 0) return [check('root.none', 'ok', { cluster, grounds: placeOf(mesh, cluster) })]
  const other = cluster === mesh.controlPlane.cluster ? undefined : ofMesh(mesh, primary?.roots ?? [])
  const own = ofMesh(mesh, found)
  const told = [
    ...found.flatMap((each) => lifeOf(each, cluster, now)),
    ...(begins === undefined ? differs(cluster, own, other) : replaced(cluster, own, begins)),
  ]
  if (told.length > 0) return told
  const grounds = found.map(({ from }): ObjectRef => from)
  return [check('root.ok', 'ok', { cluster, evidence: found.map(evidenceOf), grounds })]
}

function differs(cluster: string, own: RootFact | undefined, other: RootFact | undefined): PreflightCheck[] {
  if (own === undefined || other === undefined) return []
  if (own.fingerprints.length === 0 || other.fingerprints.length === 0) return []
  if (own.fingerprints.some((each) => other.fingerprints.includes(each))) return []
  const evidence = [own, other].map(evidenceOf)
  const grounds = evidence.map(({ ref }) => ref)
  return [check('root.differs', 'warning', { cluster, evidence, grounds, fix: fix('restart-after-join') })]
}

/** What an earlier installation handed out is not what the mesh begins with: Pods that trust it do not trust the new. */
function replaced(cluster: string, own: RootFact | undefined, begins: readonly string[]): PreflightCheck[] {
  if (own === undefined || own.fingerprints.some((each) => begins.includes(each))) return []
  const evidence = [evidenceOf(own)]
  return [check('root.replaced', 'warning', { cluster, evidence, grounds: [own.from], fix: fix('restart-after-join') })]
}

function lifeOf(root: RootFact, cluster: string, now: Date): PreflightCheck[] {
  const evidence = [evidenceOf(root)]
  const base = { cluster, evidence, grounds: [root.from], fix: fix('change-root') }
  if (root.notAfter === undefined)
    return [check('root.unreadable', 'unknown', { cluster, evidence, grounds: [root.from] })]
  const days = Math.floor((Date.parse(root.notAfter) - now.getTime()) / dayMs)
  if (days < 0) return [check('root.expired', 'blocking', { ...base, params: { days: -days } })]
  return days < soonDays ? [check('root.ends', 'warning', { ...base, params: { days } })] : []
}

function evidenceOf({ from, fingerprints, notAfter }: RootFact) {
  const value = [...fingerprints, notAfter].filter((each) => each !== undefined).join(' · ')
  return { ref: from, ...(value === '' ? {} : { value }) }
}

function ofMesh(mesh: Mesh, found: readonly RootFact[]): RootFact | undefined {
  return found.find(({ from }) => from.namespace === mesh.controlPlane.namespace)
}

/** That there is none is said of a namespace: to those who may know of it. */
function placeOf(mesh: Mesh, cluster: string): ObjectRef[] {
  return [{ cluster, group: '', version: 'v1', kind: 'Namespace', name: mesh.controlPlane.namespace }]
}
