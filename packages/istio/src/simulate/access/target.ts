import { at, listAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject, type ObjectRef, refOf } from '@orbweaver/contracts/kubernetes'
import type { MeshWorld } from '../../findings/world.ts'
import { byAge } from '../../world/hosts.ts'
import type { KindKey } from '../../world/kinds.ts'
import type { Labels } from '../../world/labels.ts'
import { names } from '../../world/names.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { isDiscovered } from '../route/discovered.ts'
import { reads } from '../route/revisions.ts'

/** The proxy that policies are looked up for (istio pilot/pkg/model/policyattachment.go, WorkloadPolicyMatcher). */
export type Target = {
  readonly namespace: string
  readonly labels: Labels
  readonly waypoint: boolean
  /** Of the control plane that it gets its configuration from. */
  readonly revision: string
  /** Of a waypoint: what the call is addressed to. */
  readonly service?: { kind: 'Service' | 'ServiceEntry'; namespace: string; name: string }
}

export type Policy = { readonly object: KubernetesObject; readonly ref: ObjectRef; readonly isTrial: boolean }

/** Policies of a kind for a proxy: the root namespace's, its own, and those of what a waypoint serves; oldest first. */
export function policiesFor(world: MeshWorld, kind: KindKey, target: Target): Policy[] {
  const { rootNamespace } = world.mesh
  const isRead = reads(world, target.revision)
  const homes = new Set([rootNamespace, target.namespace, target.service?.namespace ?? rootNamespace])
  return [...homes]
    .filter((home) => isDiscovered(world, home))
    .flatMap((home) =>
      world.config
        .list(kind, home)
        .filter((each) => isRead(each) && isAttached(each, target, rootNamespace))
        .toSorted(byAge)
        .map((object) => ({ object, ref: refOf(world.config.cluster, object), isTrial: isTrial(object) })),
    )
}

/** strconv.ParseBool; a value that it cannot read is false. */
function isTrial(object: KubernetesObject): boolean {
  return ['1', 't', 'T', 'true', 'TRUE', 'True'].includes(annotationsOf(object)['istio.io/dry-run'] ?? '')
}

/** ShouldAttachPolicy, with the chart's own switches (ENABLE_SELECTOR_BASED_K8S_GATEWAY_POLICY=true). */
function isAttached(policy: KubernetesObject, target: Target, rootNamespace: string): boolean {
  const refs = targetRefsOf(policy)
  const gateway = target.labels[names.gatewayName]
  if (gateway === undefined) return refs.length === 0 && isSelected(policy, target.labels)
  if (refs.length === 0) return !target.waypoint && isSelected(policy, target.labels)
  const home = namespaceOf(policy)
  return refs.some((ref) => isMeant(ref, { home, gateway, target, rootNamespace }))
}

/** `targetRefs`, or the one `targetRef` of old. */
export function targetRefsOf(policy: KubernetesObject): TargetRef[] {
  const many = listAt(policy, 'spec', 'targetRefs')
  const one = at(policy, 'spec', 'targetRef')
  const refs = many.length === 0 && one !== undefined ? [one] : many
  return refs.map((each) => ({
    group: textAt(each, 'group') ?? '',
    kind: textAt(each, 'kind') ?? '',
    name: textAt(each, 'name') ?? '',
    namespace: textAt(each, 'namespace') ?? '',
  }))
}

type TargetRef = { group: string; kind: string; name: string; namespace: string }
type Meaning = { home: string; gateway: string; target: Target; rootNamespace: string }

function isMeant(ref: TargetRef, { home, gateway, target, rootNamespace }: Meaning): boolean {
  if (target.waypoint && isOfService(ref, home, target)) return true
  if (target.waypoint && home === rootNamespace && ref.kind === 'GatewayClass' && ref.group === gatewayGroup)
    return ref.name === 'istio-waypoint'
  if (home !== target.namespace || !['', target.namespace].includes(ref.namespace)) return false
  return ref.kind === 'Gateway' && ref.group === gatewayGroup && ref.name === gateway
}

const gatewayGroup = 'gateway.networking.k8s.io'
const groups = { Service: ['', 'core'], ServiceEntry: ['networking.istio.io'] }

function isOfService(ref: TargetRef, home: string, { service }: Target): boolean {
  if (service === undefined || ref.kind !== service.kind || !groups[service.kind].includes(ref.group)) return false
  return ref.name === service.name && home === service.namespace
}

/** An empty selector selects everybody. */
export function isSelected(policy: KubernetesObject, labels: Labels): boolean {
  return Object.entries(selectorOf(policy)).every(([key, value]) => labels[key] === value)
}

export function selectorOf(policy: KubernetesObject): Labels {
  return stringsAt(policy, 'spec', 'selector', 'matchLabels')
}
