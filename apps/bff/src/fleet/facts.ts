import { textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { ClusterFacts, Lacking, Permission } from '@orbweaver/istio/preflight/check'
import type { ClusterView } from '@orbweaver/istio/world/view'
import { selfSubjectAccessReview } from '@orbweaver/kube/access'
import type { KubeClient, Resource } from '@orbweaver/kube/client'
import { KubeError } from '@orbweaver/kube/error'
import { customResourceDefinitions, limitRanges, resourceQuotas } from '@orbweaver/kube/resources'
import { inFlight } from '../changes/in-flight.ts'
import { rootsIn } from './roots.ts'

export type FactsInput = {
  cluster: string
  /** The console's own account there. */
  client: KubeClient
  view: ClusterView | undefined
  network: string | undefined
  server: string
  serverStated: boolean
  needed: readonly Permission[]
  /** Of the control plane that is meant, and of others that are there: their roots are compared. The first's limits are read. */
  namespaces: readonly string[]
  /** How long one question may take (ms): a form is open and somebody looks at it. */
  patienceMs: number
  /** Whether the person may; the console's own account is asked here besides. */
  personMay: (permission: Permission) => Promise<'yes' | 'no' | 'unknown'>
}

/** Everything a preflight must know of one cluster beyond its mirror. Asks, writes nothing, never takes long. */
export async function factsOf(input: FactsInput): Promise<ClusterFacts> {
  const { cluster, view, network, server, serverStated } = input
  const base = { cluster, network, server, serverStated }
  const [version, istioCrd] = await Promise.all([versionOf(input).catch(faultOf), istioCrdOf(input)])
  if (version instanceof KubeError) {
    return {
      ...base,
      unreachable: `kube.${version.code}`,
      view: undefined,
      kubernetesVersion: undefined,
      clockSkewSeconds: undefined,
      permissions: undefined,
      istioCrd: undefined,
      roots: undefined,
      limits: undefined,
    }
  }
  const [permissions, roots, limits] = await Promise.all([
    permissionsOf(input),
    orNotKnown(rootsIn(input)),
    orNotKnown(limitsOf(input)),
  ])
  return { ...base, unreachable: undefined, view, ...version, permissions, istioCrd, roots, limits }
}

async function versionOf({ client, patienceMs }: FactsInput) {
  const asked = Date.now()
  const { body, date } = await client.raw('/version', { deadlineMs: patienceMs })
  return {
    kubernetesVersion: textAt(body, 'gitVersion'),
    clockSkewSeconds: date === undefined ? undefined : (date.getTime() - (asked + Date.now()) / 2) / 1000,
  }
}

function faultOf(error: unknown): KubeError {
  if (error instanceof KubeError) return error
  throw error
}

async function orNotKnown<Value>(asked: Promise<Value>): Promise<Value | undefined> {
  const told = await asked.catch(faultOf)
  return told instanceof KubeError ? undefined : told
}

async function limitsOf({ client, namespaces, patienceMs }: FactsInput): Promise<KubernetesObject[]> {
  const [namespace] = namespaces
  if (namespace === undefined) return []
  const ask = (resource: Resource) => client.list(resource, { namespace, deadlineMs: patienceMs })
  const lists = await Promise.all([ask(resourceQuotas), ask(limitRanges)])
  return lists.flatMap(({ items }) => items)
}

async function istioCrdOf({ client, patienceMs }: FactsInput): Promise<ClusterFacts['istioCrd']> {
  const crd = await client
    .get(customResourceDefinitions, { name: 'istios.sailoperator.io' }, { deadlineMs: patienceMs })
    .catch(faultOf)
  if (!(crd instanceof KubeError)) return crd
  return crd.code === 'not_found' ? null : undefined
}

async function permissionsOf({
  client,
  needed,
  personMay,
  patienceMs,
}: FactsInput): Promise<ClusterFacts['permissions']> {
  const mayItself = async (permission: Permission) =>
    (await selfSubjectAccessReview(client, permission, { deadlineMs: patienceMs })).allowed
  try {
    const asked = await inFlight(needed, 10, async (permission) => {
      const [person, own] = await Promise.all([personMay(permission), mayItself(permission)])
      const lacking: Lacking[] = [...(person === 'no' ? ['person' as const] : []), ...(own ? [] : ['console' as const])]
      return { permission, allowed: person === 'yes' && own, lacking, unknown: own && person === 'unknown' }
    })
    // What one question found out is told only when all were answered: a refusal for want of an answer is none.
    return asked.some((each) => each.unknown) ? undefined : asked
  } catch (error) {
    faultOf(error)
    return undefined
  }
}
