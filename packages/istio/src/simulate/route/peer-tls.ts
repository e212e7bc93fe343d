import type { Place } from '@orbweaver/contracts/explain'
import { isRecord, stringsAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf, refOf } from '@orbweaver/contracts/kubernetes'
import { byAge } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import type { Asking } from './asking.ts'
import type { Endpoint } from './endpoints.ts'

type Said = { mode: string; place: Place | undefined }

type Looking = Pick<Asking, 'world' | 'isRead'>

/**
 * What a namespace's own PeerAuthentication says, else the mesh's; the oldest of each. What a client's proxy is told of a
 * service as a whole (model/authentication.go, GetNamespaceMutualTLSMode).
 */
export function modeOfNamespace({ world, isRead }: Looking, namespace: string): Said {
  for (const each of new Set([namespace, world.mesh.rootNamespace])) {
    const rules = world.config.list(kinds.peerAuthentication, each).filter(isRead).toSorted(byAge)
    const rule = rules.find((one) => Object.keys(selectorOf(one)).length === 0)
    const said = rule === undefined ? undefined : modeIn(world.config.cluster, rule, '/spec/mtls')
    if (said !== undefined) return said
  }
  return { mode: 'PERMISSIVE', place: undefined }
}

/** Whether what a workload says of itself, or of one of its ports, keeps mutual TLS from it. */
export function isDisabledAt(looking: Looking, endpoint: Endpoint): Place | undefined {
  const { object, port } = endpoint
  const rule = object === undefined ? undefined : ownRule(looking, object)
  if (object === undefined || rule === undefined) return undefined
  const said = modeOfRule(looking, rule, port) ?? modeOfNamespace(looking, namespaceOf(object))
  return said.mode === 'DISABLE' ? said.place : undefined
}

/** Whether it takes mutual TLS of the mesh, by what is said of it, of its namespace and of the mesh. */
export function takesMutual(looking: Looking, endpoint: Endpoint): boolean {
  const { object, port, meshed, namespace } = endpoint
  if (!meshed) return false
  const rule = object === undefined ? undefined : ownRule(looking, object)
  const own = rule === undefined ? undefined : modeOfRule(looking, rule, port)
  return (own ?? modeOfNamespace(looking, namespace)).mode !== 'DISABLE'
}

function modeOfRule({ world }: Looking, rule: KubernetesObject, port: number): Said | undefined {
  const { cluster } = world.config
  return modeIn(cluster, rule, `/spec/portLevelMtls/${port}`) ?? modeIn(cluster, rule, '/spec/mtls')
}

/** The oldest that selects a workload; in the root namespace none does. */
function ownRule({ world, isRead }: Looking, object: KubernetesObject): KubernetesObject | undefined {
  const labels =
    object.kind === 'Pod' ? labelsOf(object) : { ...stringsAt(object, 'spec', 'labels'), ...labelsOf(object) }
  const namespace = namespaceOf(object)
  if (namespace === world.mesh.rootNamespace) return undefined
  return world.config
    .list(kinds.peerAuthentication, namespace)
    .filter((each) => isRead(each) && Object.keys(selectorOf(each)).length > 0)
    .toSorted(byAge)
    .find((each) => Object.entries(selectorOf(each)).every(([key, value]) => labels[key] === value))
}

function selectorOf(rule: KubernetesObject): Record<string, string> {
  return stringsAt(rule, 'spec', 'selector', 'matchLabels')
}

function modeIn(cluster: string, rule: KubernetesObject, pointer: string): Said | undefined {
  const path = pointer.split('/').slice(1)
  const mode = textAt(rule, ...path, 'mode')
  if (mode === undefined || mode === 'UNSET' || !isRecord(rule.spec)) return undefined
  return { mode, place: { ref: refOf(cluster, rule), pointer: `${pointer}/mode` } }
}
