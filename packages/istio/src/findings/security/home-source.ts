import { at, type JsonRecord, stringsAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { covers, resolveHost } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { hasLabels, type Labels } from '../../world/labels.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { inAmbient } from '../ambient/unused-waypoint.ts'
import type { Subject } from '../finding.ts'
import { isBesideSidecar } from '../carriers.ts'
import { isForAll } from '../exports.ts'
import { clientTlsOf, mutualSomewhere } from '../mtls/client-rules.ts'
import { acceptedAt } from '../mtls/modes.ts'
import { type LivePod, podsIn, podsWith } from '../pods.ts'
import { rulesFor } from '../subsets.ts'
import type { MeshWorld } from '../world.ts'
import { selectorOf, targetsOf } from './policy-rules.ts'

/** Whether callers of the policy's workloads have an identity: mutual TLS is not switched off, there or in who calls. */
export function hasIdentities(subject: Subject, world: MeshWorld): boolean {
  const { object, namespace } = subject
  const { mode } = acceptedAt(world, { namespace, labels: selectorOf(object) })
  return mode !== 'DISABLE' && !getsPlainText(subject, world)
}

/**
 * Whether every client of a policy's workloads sends plain text: it is told to, or automatic mutual TLS is off, and no
 * DestinationRule tells anybody to send it to anything of the namespace (istio pilot/pkg/networking/core/cluster_tls.go,
 * buildUpstreamTLSSettings). Gateways know their clients in another way, and ztunnel always sends mutual TLS.
 */
export function getsPlainText(subject: Subject, world: MeshWorld): boolean {
  if (toldPlainBy(subject, world) !== undefined) return true
  if (world.mesh.autoMtls || sidecarsOf(subject, world).length === 0) return false
  return !isToldMutual(world, subject.namespace === world.mesh.rootNamespace ? undefined : subject.namespace)
}

/** The Pods of a policy, where they are known and each has a sidecar; else none. */
function sidecarsOf({ object, namespace }: Subject, world: MeshWorld): readonly LivePod[] {
  if (targetsOf(object).length > 0 || !areKnown(world)) return []
  const labels = selectorOf(object)
  const pods = namespace === world.mesh.rootNamespace ? podsWith(world, labels) : podsIn(world, namespace, labels)
  return pods.every(({ pod }) => isBesideSidecar(pod)) ? pods : []
}

/** The DestinationRule that tells all clients of a policy's workloads to send plain text, where no other says otherwise. */
export function toldPlainBy(subject: Subject, world: MeshWorld): KubernetesObject | undefined {
  const { namespace } = subject
  const { rootNamespace, domain } = world.mesh
  const pods = namespace === rootNamespace ? [] : sidecarsOf(subject, world)
  const rules = servicesOf(world, namespace, pods).map((name) => rulesFor(world, `${name}.${namespace}.svc.${domain}`))
  const isHere = (rule: KubernetesObject) => [namespace, rootNamespace].includes(namespaceOf(rule))
  const isTold = rules.every((each) => each.every((rule) => isPlainForAll(world, rule)) && each.some(isHere))
  return isTold ? rules[0]?.find(isHere) : undefined
}

/** Names of the Services before some of the Pods. */
function servicesOf(world: MeshWorld, namespace: string, pods: readonly LivePod[]): string[] {
  if (pods.length === 0) return []
  const all = world.clusters.flatMap((view) => view.list(kinds.service, namespace))
  const isBefore = (selector: Labels) =>
    Object.keys(selector).length > 0 && pods.some(({ pod }) => hasLabels(pod, selector))
  const names = all.filter((each) => isBefore(stringsAt(each, 'spec', 'selector'))).map((each) => each.metadata.name)
  return [...new Set(names)]
}

function isPlainForAll(world: MeshWorld, rule: KubernetesObject): boolean {
  const said = clientTlsOf(rule)
  return (
    said.some(({ port, subset }) => port === undefined && subset === undefined) &&
    said.every(({ mode }) => mode === 'DISABLE' || mode === 'SIMPLE') &&
    at(rule, 'spec', 'workloadSelector') === undefined &&
    isForAll(rule, world.mesh.exportTo.destinationRule)
  )
}

function areKnown(world: MeshWorld): boolean {
  return world.complete(kinds.pod) && world.config.has(kinds.destinationRule) && world.look(inAmbient, '').length === 0
}

/** Whether some rule sends mutual TLS to something of a namespace, or of the mesh. */
function isToldMutual(world: MeshWorld, namespace: string | undefined): boolean {
  const home = `${namespace ?? ''}.svc.${world.mesh.domain}`
  return world.look(mutualSomewhere, '').some((rule) => {
    const host = resolveHost(textAt(rule, 'spec', 'host') ?? '', namespaceOf(rule), world.mesh.domain)
    return namespace === undefined || host.endsWith(`.${home}`) || covers(host, `any.${home}`)
  })
}

/** The least that an application needs: callers of its own namespace; undefined where there are none to tell. */
export function homeSource(subject: Subject, world: MeshWorld): JsonRecord | undefined {
  const { namespace } = subject
  if (namespace === world.mesh.rootNamespace || !hasIdentities(subject, world)) return undefined
  const isKnown = world.clusters.some((view) => view.get(kinds.namespace, namespace) !== undefined)
  return isKnown ? { namespaces: [namespace] } : undefined
}
