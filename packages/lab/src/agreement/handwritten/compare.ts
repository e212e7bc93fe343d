import { istioCrds } from '@orbweaver/schemas/istio'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { splitApiVersion } from '@orbweaver/contracts/kubernetes'
import { compare as compareAccess, differs as otherAccess } from '../access/compare.ts'
import { gatewayPodOf } from '../access/through.ts'
import { compare as compareFindings, differs as otherFindings } from '../compare.ts'
import { describedBy } from '../objects.ts'
import { compareVerdicts } from '../objects-verdicts.ts'
import { validate } from '../real-judges.ts'
import { compare as compareRoutes, differs as otherRoutes, otherDetails } from '../routes/compare.ts'
import { base, type Handwritten } from './base.ts'

type Programs = { readonly judges: string; readonly proxies: string }

const worldOf = ({ id, rules, mesh = '', ambient = false, west, altered = (same) => same }: Handwritten) => ({
  id,
  objects: [...base().map(altered), ...dated(rules)],
  meshConfig: mesh,
  ambient,
  ...(west !== undefined && { remotes: { west } }),
})

/** Younger than all else, and each than the one before. */
const dated = (rules: readonly KubernetesObject[]): readonly KubernetesObject[] =>
  rules.map((each, index) => ({
    ...each,
    metadata: { ...each.metadata, creationTimestamp: new Date(Date.UTC(2026, 1, 1, 0, index)).toISOString() },
  }))

const isOfIstio = ({ apiVersion }: KubernetesObject): boolean => splitApiVersion(apiVersion).group.endsWith('.istio.io')

/** What is said otherwise by istioctl’s analysers, and by istiod’s webhook. */
export async function judgedOtherwise(program: string, all: readonly Handwritten[]): Promise<readonly unknown[]> {
  const findings = await compareFindings(program, all.map(worldOf))
  const objects = all.flatMap(({ rules }) => rules.filter(isOfIstio))
  const { different } = compareVerdicts(describedBy(istioCrds), objects, await validate(program, objects))
  return [
    ...findings.filter(otherFindings).map(({ world, theirs, ours }) => ({ world: world.id, theirs, ours })),
    ...different,
  ]
}

const podNamed = ({ namespace = '', name }: { namespace?: string | undefined; name: string }) => ({ namespace, name })

/** Requests that go elsewhere by what istiod generates, and how many were asked. */
export async function routedOtherwise({ proxies }: Programs, all: readonly Handwritten[]) {
  const asked = all.filter(({ requests = [] }) => requests.length > 0)
  const worlds = asked.map((each) => {
    const requests = each.requests ?? []
    return { ...worldOf(each), requests, proxies: requests.map(({ from }) => podNamed(from.ref)) }
  })
  const compared = await compareRoutes(proxies, worlds)
  return {
    asked: compared.length,
    different: compared.filter(otherRoutes).map(({ world, request, theirs, ours }) => ({
      world: world.id,
      request,
      theirs: theirs.outcome,
      ours: ours.outcome,
      by: [theirs.by, ours.by],
      details: otherDetails(theirs, ours),
    })),
  }
}

/** Calls that are decided otherwise, and how many were asked. */
export async function letInOtherwise({ proxies }: Programs, all: readonly Handwritten[]) {
  const asked = all.filter(({ calls = [] }) => calls.length > 0)
  const worlds = asked.map((each) => {
    const calls = each.calls ?? []
    const world = { ...worldOf(each), calls }
    const named = calls.flatMap((call) => {
      const gateway = gatewayPodOf({ ...world, proxies: [] }, call)
      const client = call.from.kind === 'workload' ? [call.from.ref] : []
      return [...client, call.to.ref, ...(gateway === undefined ? [] : [gateway.metadata])]
    })
    return { ...world, proxies: named.map(podNamed) }
  })
  const compared = await compareAccess(proxies, worlds)
  return {
    asked: compared.length,
    different: compared.filter(otherAccess).map(({ world, call, theirs, ours }) => ({
      world: world.id,
      call,
      theirs,
      ours: [ours.verdict, ours.decidedBy],
    })),
  }
}
