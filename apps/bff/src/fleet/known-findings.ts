import type { Found, KnownFinding, Mute } from '@orbweaver/contracts/findings'
import { type ObjectRef, refKey, targetOf } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { codes, docsOf } from '@orbweaver/istio/findings/catalogue'
import { ranked } from '@orbweaver/istio/findings/judge'
import { muteOf } from '@orbweaver/istio/findings/muting'
import type { Mesh } from '@orbweaver/istio/meshes/mesh'
import { groupedBy } from '@orbweaver/istio/world/grouped'
import { knownResource } from '@orbweaver/kube/known-resources'
import type { Fleet } from '../kube/doors.ts'
import { findingsIn } from './mesh-world.ts'

/** What is known of a mesh's findings on one day: mutes end with a day. */
type Known = { day: string; all: readonly KnownFinding[]; byRef?: ReadonlyMap<string, readonly KnownFinding[]> }

const known = new WeakMap<readonly Finding[], Known>()

/** What is found in a mesh, worst first, whoever looks; with what its objects mute now. */
export async function knownFindings(fleet: Fleet, mesh: Mesh, now = new Date()): Promise<readonly KnownFinding[]> {
  return (await knownOf(fleet, mesh, now)).all
}

/** The same by the `refKey` of its object. */
export async function findingsByRef(
  fleet: Fleet,
  mesh: Mesh,
  now = new Date(),
): Promise<ReadonlyMap<string, readonly KnownFinding[]>> {
  const found = await knownOf(fleet, mesh, now)
  found.byRef ??= groupedBy(found.all, ({ ref }) => refKey(ref))
  return found.byRef
}

/** How much is found about an object that is not muted, as a row of a list shows it. */
export function foundAbout(findings: ReadonlyMap<string, readonly KnownFinding[]>, ref: ObjectRef): Found {
  const open = (findings.get(refKey(ref)) ?? []).filter(({ mute }) => mute === undefined)
  const [worst] = open
  return { count: open.length, ...(worst !== undefined && { worst: worst.severity }) }
}

async function knownOf(fleet: Fleet, mesh: Mesh, now: Date): Promise<Known> {
  const findings = await findingsIn(fleet, mesh)
  const day = now.toISOString().slice(0, 10)
  const before = known.get(findings)
  if (before?.day === day) return before
  const fresh = { day, all: ranked(findings).map((each) => told(each, muteIn(fleet, each, now))) }
  known.set(findings, fresh)
  return fresh
}

function told(finding: Finding, mute: Mute | undefined): KnownFinding {
  const code = codes.get(finding.code)
  const docs = code === undefined ? undefined : docsOf(code)
  return {
    ...finding,
    istio: code?.istio ?? 'accepts',
    ...(docs !== undefined && { docs }),
    ...(mute !== undefined && { mute }),
  }
}

/** By what the mirror has of the object. */
export function muteIn(fleet: Fleet, finding: Finding, now: Date): Mute | undefined {
  const { ref } = finding
  const resource = knownResource(ref.group, ref.kind)
  const object = resource === undefined ? undefined : fleet.get(ref.cluster)?.mirror.get(resource, targetOf(ref))
  return object === undefined ? undefined : muteOf(object, finding, now)
}
