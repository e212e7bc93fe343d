import type { RouteRequest } from '@orbweaver/contracts/explain'
import { listAt, textAt } from '@orbweaver/contracts/json'
import { LabError } from '../../lab-error.ts'
import type { ConfiguredWorld } from '../../envoy/configuration.ts'
import { type Configured, configuredWorlds, readableWorlds } from '../proxies/configured.ts'
import type { RouteWorld } from './generate.ts'
import { ours } from './ours.ts'
import { proxyFor, reference, type Said } from './reference.ts'
import { byZtunnel } from './ztunnel.ts'

export type ComparedRequest = {
  readonly world: RouteWorld
  readonly request: RouteRequest
  readonly theirs: Said
  readonly ours: Said
}

/** What generated configuration does with every request, and what we say. */
export async function compare(program: string, worlds: readonly RouteWorld[]): Promise<readonly ComparedRequest[]> {
  return (await configuredWorlds(program, worlds)).flatMap(compared)
}

export async function compareReadable(
  program: string,
  worlds: readonly RouteWorld[],
): Promise<readonly ComparedRequest[]> {
  return (await readableWorlds(program, worlds)).flatMap(compared)
}

function compared({ world, configured }: Configured<RouteWorld>): readonly ComparedRequest[] {
  const { errors } = configured
  if (errors.length > 0) throw new LabError(`istio-proxies, world ${world.id}`, errors)
  const own = ours(world, world.requests)
  return world.requests.map((request, index) => {
    const said = own[index]
    if (said === undefined) throw new LabError(`world ${world.id}`, ['no answer'])
    return { world, request, theirs: theirsOf(world, configured, request), ours: said }
  })
}

function theirsOf(world: RouteWorld, configured: ConfiguredWorld, request: RouteRequest): Said {
  if (isAmbient(world, request)) return byZtunnel(world, configured, request)
  const proxy = proxyFor(configured.proxies, request)
  if (proxy === undefined) throw new LabError(`world ${world.id}`, ['no such proxy'])
  return reference(world, proxy, request)
}

const isAmbient = ({ objects }: RouteWorld, { from: { ref } }: RouteRequest): boolean =>
  objects.some(
    ({ kind, metadata }) =>
      kind === 'Pod' &&
      metadata.name === ref.name &&
      metadata.namespace === ref.namespace &&
      metadata.annotations?.['ambient.istio.io/redirection'] === 'enabled',
  )

export const differs = ({ theirs, ours: own, world }: ComparedRequest): boolean =>
  theirs.outcome !== undefined &&
  (theirs.outcome !== own.outcome || !isSameRule(world, theirs, own) || otherDetails(theirs, own).length > 0)

/** What of the way is told otherwise: `timeout: 1, not 2`. */
export const otherDetails = (theirs: Said, own: Said): readonly string[] =>
  [...theirs.details].flatMap(([name, value]) => {
    const said = own.details.get(name) ?? ''
    return value === said ? [] : [`${name}: ${value}, not ${said}`]
  })

/** istiod tells no rule of what is let through or stopped, and of a delegated rule the one that delegates. */
function isSameRule({ objects }: RouteWorld, theirs: Said, own: Said): boolean {
  if (theirs.by === undefined || theirs.by === own.by) return true
  if (theirs.outcome === 'passthrough' || theirs.outcome === 'blackhole') return true
  const root = objects.find(
    ({ metadata }) => theirs.by === `virtual-service ${metadata.namespace ?? ''}/${metadata.name}`,
  )
  return listAt(root, 'spec', 'http').some((each) => {
    const namespace = textAt(each, 'delegate', 'namespace') ?? root?.metadata.namespace ?? ''
    return own.by === `virtual-service ${namespace}/${textAt(each, 'delegate', 'name') ?? ''}`
  })
}
