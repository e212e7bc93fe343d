import type { AccessCall, AccessExplanation, AccessVerdict } from '@orbweaver/contracts/explain-access'
import { access } from '@orbweaver/istio/simulate/access/explain'
import { LabError } from '../../lab-error.ts'
import { meshWorldOf } from '../proxies/mesh-world.ts'
import { byAmbient, isInAmbient } from './ambient.ts'
import { byClient } from './dialled.ts'
import { byGateway } from './through.ts'
import { type Configured, configuredWorlds, readableWorlds } from '../proxies/configured.ts'
import type { AccessWorld } from './generate.ts'
import { proxyFor, reference, type Said } from './reference.ts'

export type ComparedCall = {
  readonly world: AccessWorld
  readonly call: AccessCall
  readonly theirs: Said
  readonly ours: AccessExplanation
}

/** What generated configuration does with every call, and what we say. */
export async function compare(program: string, worlds: readonly AccessWorld[]): Promise<readonly ComparedCall[]> {
  return (await configuredWorlds(program, worlds)).flatMap(compared)
}

export async function compareReadable(
  program: string,
  worlds: readonly AccessWorld[],
): Promise<readonly ComparedCall[]> {
  return (await readableWorlds(program, worlds)).flatMap(compared)
}

function compared({ world, configured }: Configured<AccessWorld>): readonly ComparedCall[] {
  const { errors } = configured
  if (errors.length > 0) throw new LabError(`istio-proxies, world ${world.id}`, errors)
  const mesh = meshWorldOf(world)
  return world.calls.flatMap((call) => {
    const theirs = theirsOf({ world, configured }, call)
    return theirs === undefined ? [] : [{ world, call, theirs, ours: access(mesh, call) }]
  })
}

function theirsOf({ world, configured }: Configured<AccessWorld>, call: AccessCall): Said | undefined {
  const known = { world, configured }
  if (call.through !== undefined) return byGateway(known, call)
  if (isInAmbient(world, call)) return byAmbient(known, call)
  if (call.mtls === 'auto') return byClient(known, call)
  const proxy = proxyFor(configured.proxies, call)
  if (proxy === undefined) throw new LabError(`world ${world.id}`, ['no such proxy'])
  return reference(world, proxy, call)
}

/** Envoy says no more than that it denies; we say what would help. */
const plain: Partial<Record<AccessVerdict, AccessVerdict>> = { 'needs-token': 'denied', 'needs-mtls': 'denied' }

/** TLS that is not of the mesh is refused by no filter chain for it, whatever the mode is called. */
function verdictTold({ verdict, hops }: AccessExplanation): AccessVerdict {
  const decides = hops.find((each) => each.verdict === verdict)
  const isForeign = decides?.trail.some(({ code }) => code === 'refused-foreign-tls') === true
  return isForeign ? 'refused-tls' : (plain[verdict] ?? verdict)
}

export const differs = (each: ComparedCall): boolean =>
  verdictTold(each.ours) !== each.theirs.verdict || !isSamePolicy(each)

/** Of several policies that match, Envoy tells the first by name; any of them is right. */
function isSamePolicy({ theirs, ours: { decidedBy, verdict } }: ComparedCall): boolean {
  const isOfPolicy = verdict === 'allowed' || (plain[verdict] ?? verdict) === 'denied'
  if (!isOfPolicy || decidedBy?.ref.kind !== 'AuthorizationPolicy') return theirs.by.length === 0 || !isOfPolicy
  return theirs.by.includes(`${decidedBy.ref.namespace ?? ''}/${decidedBy.ref.name}`)
}
