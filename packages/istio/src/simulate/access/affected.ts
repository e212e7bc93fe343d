import { listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { kindOf, kinds } from '../../world/kinds.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import type { Within } from './matrix.ts'

/** An object as it was and as it will be: absent on the side where there is none. */
export type Touch = { before: KubernetesObject | undefined; after: KubernetesObject | undefined }

/** Namespaces whose workloads may be called otherwise, or may call otherwise; `all`: of the whole mesh. */
type Reach = { to?: readonly string[]; from?: readonly string[] } | 'all'

/**
 * Whose callers and callees a change may touch at all: asked before the matrix, which is large. What an object has to do
 * with calls is what the files of this folder look at; of kinds that are not named here they look at none.
 */
export function affectedBy(touches: readonly Touch[], rootNamespace: string): Within {
  const reaches = touches.flatMap(({ before, after }) =>
    [before, after].filter((each) => each !== undefined).map((each) => reachOf(each, rootNamespace)),
  )
  if (reaches.includes('all')) return { to: () => true, from: () => true }
  const [to, from] = (['to', 'from'] as const).map(
    (side) => new Set(reaches.flatMap((each) => (each === 'all' ? [] : (each[side] ?? [])))),
  )
  return { to: (namespace) => to?.has(namespace) === true, from: (namespace) => from?.has(namespace) === true }
}

const ruling: ReadonlySet<string> = new Set([
  kinds.authorizationPolicy,
  kinds.peerAuthentication,
  kinds.requestAuthentication,
  kinds.sidecar,
])
/** Their ports and protocols are those of who is called. */
const standing: ReadonlySet<string> = new Set([kinds.service, kinds.serviceEntry])
const running: ReadonlySet<string> = new Set([
  kinds.pod,
  kinds.deployment,
  kinds.replicaSet,
  kinds.statefulSet,
  kinds.daemonSet,
  kinds.job,
  kinds.workloadEntry,
  kinds.workloadGroup,
])
/** Waypoints serve other namespaces too, webhooks and the mesh's configuration everybody. */
const everywhere: ReadonlySet<string> = new Set([
  kinds.kubernetesGateway,
  kinds.gatewayClass,
  kinds.mutatingWebhook,
  kinds.configMap,
  kinds.istioRevision,
  kinds.istioRevisionTag,
])

function reachOf(object: KubernetesObject, rootNamespace: string): Reach {
  const kind = kindOf(object)
  if (kind === kinds.namespace) return both(object.metadata.name)
  const own = namespaceOf(object)
  if (everywhere.has(kind)) return 'all'
  if (running.has(kind)) return both(own)
  if (standing.has(kind)) return { to: [own] }
  if (kind === kinds.destinationRule) return own === rootNamespace ? 'all' : ofHost(object, own)
  if (!ruling.has(kind)) return {}
  // What a policy is attached to may serve other namespaces than its own.
  const isAttached =
    listAt(object, 'spec', 'targetRefs').length > 0 || textAt(object, 'spec', 'targetRef', 'kind') !== undefined
  return own === rootNamespace || isAttached ? 'all' : { to: [own] }
}

const both = (namespace: string): Reach => ({ to: [namespace], from: [namespace] })

/** How clients call a host. Of names that are no Service's, as `db.example.com`, any namespace may be told. */
function ofHost(rule: KubernetesObject, own: string): Reach {
  const host = textAt(rule, 'spec', 'host') ?? ''
  const [, namespace, service] = host.split('.')
  if (host === '' || host.includes('*')) return 'all'
  if (namespace === undefined) return { to: [own] }
  return service === 'svc' ? { to: [namespace] } : 'all'
}
