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
export function isDisabledAt({ world, isRead }: Looking, { object, port }: Endpoint): Place | undefined {
  if (object === undefined) return undefined
  const labels =
    object.kind === 'Pod' ? labelsOf(object) : { ...stringsAt(object, 'spec', 'labels'), ...labelsOf(object) }
  const namespace = namespaceOf(object)
  const rule = world.config
    .list(kinds.peerAuthentication, namespace)
    .filter(
      (each) => isRead(each) && Object.keys(selectorOf(each)).length > 0 && namespace !== world.mesh.rootNamespace,
    )
    .toSorted(byAge)
    .find((each) => Object.entries(selectorOf(each)).every(([key, value]) => labels[key] === value))
  if (rule === undefined) return undefined
  const said =
    modeIn(world.config.cluster, rule, `/spec/portLevelMtls/${port}`) ??
    modeIn(world.config.cluster, rule, '/spec/mtls') ??
    modeOfNamespace({ world, isRead }, namespace)
  return said.mode === 'DISABLE' ? said.place : undefined
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
