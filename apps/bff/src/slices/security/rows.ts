import type { TlsSecret, TlsUse, Withheld } from '@orbweaver/contracts/security'
import { type KubernetesObject, labelsOf, type ObjectRef, refKey, refOf } from '@orbweaver/contracts/kubernetes'
import { credentialIn, isTlsSecret } from '@orbweaver/istio/certificates/credential'
import {
  type CredentialFacts,
  credentialFacts,
  firstEnd,
  stateOf,
} from '@orbweaver/istio/certificates/credential-facts'
import type { CredentialUse } from '@orbweaver/istio/certificates/credential-lookup'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import { groupedBy } from '@orbweaver/istio/world/grouped'
import { secrets } from '@orbweaver/kube/resources'
import { inFlight } from '../../changes/in-flight.ts'
import { managedBy } from '../../changes/managed-by.ts'
import type { Fleet, ViewerDoor } from '../../kube/doors.ts'
import { type Uses, usesIn } from './uses.ts'

export type Asking = { fleet: Fleet; viewer: ViewerDoor }

export type Listed = { rows: TlsSecret[]; withheld: Withheld[] }

/** Every TLS Secret of a mesh that the viewer may know of, and those that rules name in vain. */
export async function secretsOf(asking: Asking, mesh: Mesh, now: Date): Promise<Listed> {
  const { fleet, viewer } = asking
  const uses = usesIn(fleet, mesh)
  const clusters = clustersOf(mesh)
  const found = await inFlight(clusters, 8, async (cluster) => {
    const seen = await viewer.list(cluster, secrets)
    return seen.map((object) => ({ object, ref: refOf(cluster, object) }))
  })
  const listed = found.flat().filter(({ object, ref }) => isTlsSecret(object) || uses.of(refKey(ref)).length > 0)
  const missing = await missingPlaces(asking, uses)
  const shown = await seenRules(viewer, [
    ...listed.flatMap(({ ref }) => uses.of(refKey(ref))),
    ...missing.flatMap((each) => each.uses),
  ])
  const rows = await inFlight(listed, 32, ({ object, ref }) =>
    rowOf(object, { ref, uses: uses.of(refKey(ref)), shown, now }),
  )
  const absent = missing
    .map((each) => missingRow(each, shown))
    // Who sees none of the rules that name it would learn their names from it.
    .filter(({ usedBy }) => usedBy.length > 0)
  return { rows: [...rows, ...absent], withheld: await withheldOf(asking, clusters) }
}

/** Certificates are read once as long as the mirror has the same object: reading them is most of a page's work. */
const known = new WeakMap<KubernetesObject, Promise<CredentialFacts>>()

function factsOf(object: KubernetesObject): Promise<CredentialFacts> {
  const facts = known.get(object) ?? credentialFacts(object)
  known.set(object, facts)
  return facts
}

export type About = { ref: ObjectRef; uses: readonly CredentialUse[]; shown: ReadonlySet<string>; now: Date }

export async function rowOf(object: KubernetesObject, about: About): Promise<TlsSecret> {
  const { metadata } = object
  const facts = await factsOf(object)
  const { pair, ca } = credentialIn(object) ?? {}
  const [certificate] = facts.certificates.map(({ pem: _pem, ...rest }) => rest)
  const endsAt = firstEnd(facts)
  const keeper = managedBy(object)
  return {
    ref: about.ref,
    ...(metadata.uid !== undefined && { uid: metadata.uid }),
    ...(metadata.creationTimestamp !== undefined && { createdAt: metadata.creationTimestamp }),
    labels: labelsOf(object),
    holds: { pair: pair !== undefined, ca: ca !== undefined },
    state: stateOf(object, facts, about.now),
    ...(endsAt !== undefined && { endsAt }),
    ...(certificate !== undefined && { certificate }),
    ...usedBy(about.uses, about.shown),
    ...(keeper !== undefined && { managedBy: keeper }),
  }
}

function usedBy(uses: readonly CredentialUse[], shown: ReadonlySet<string>): Pick<TlsSecret, 'usedBy' | 'usedHidden'> {
  const seen = uses.filter(({ by }) => shown.has(refKey(by)))
  const told = seen.map(
    ({ by, pointer, side, place, fault }): TlsUse => ({
      by,
      pointer,
      side,
      cluster: place.cluster,
      ...(fault !== undefined && { fault }),
    }),
  )
  const once = new Map(told.map((each) => [JSON.stringify(each), each]))
  return { usedBy: [...once.values()], usedHidden: seen.length < uses.length }
}

/** Rules that name a Secret, those of them that the viewer may know. */
export function seenRules(viewer: ViewerDoor, uses: readonly CredentialUse[]): Promise<ReadonlySet<string>> {
  return viewer.seesWhich([...new Map(uses.map(({ by }) => [refKey(by), by])).values()])
}

type Missing = { ref: ObjectRef; uses: readonly CredentialUse[] }

/** Only where the viewer could have seen the Secret: that there is none is told to nobody else. */
async function missingPlaces({ viewer }: Asking, { missing }: Uses): Promise<Missing[]> {
  const places = [...groupedBy(missing, (use) => refKey(missingRef(use))).values()]
  const told = await inFlight(places, 32, async (uses): Promise<Missing[]> => {
    const [first] = uses
    if (first === undefined || !(await viewer.lists(first.place.cluster, secrets, first.place.namespace))) return []
    return [{ ref: missingRef(first), uses }]
  })
  return told.flat()
}

function missingRef({ place: { cluster, namespace, name } }: CredentialUse): ObjectRef {
  return { cluster, group: '', version: 'v1', kind: 'Secret', namespace, name }
}

function missingRow({ ref, uses }: Missing, shown: ReadonlySet<string>): TlsSecret {
  return { ref, labels: {}, holds: { pair: false, ca: false }, state: 'missing', ...usedBy(uses, shown) }
}

/** Clusters of which the viewer is not told all, and which right is missing: theirs, or the console's own. */
async function withheldOf({ fleet, viewer }: Asking, clusters: readonly string[]): Promise<Withheld[]> {
  const told = await inFlight(clusters, 8, async (cluster): Promise<Withheld[]> => {
    const door = fleet.get(cluster)
    if (door === undefined) return []
    const params = { cluster, verb: 'list', resource: secrets.plural }
    if (!(await viewer.lists(cluster, secrets))) return [{ cluster, why: { code: 'security.not_permitted', params } }]
    return door.mirror.known(secrets) ? [] : [{ cluster, why: { code: 'security.unread', params } }]
  })
  return told.flat()
}
