import { type JsonRecord, textAt } from '@orbweaver/contracts/json'
import { readProxy } from '../../injection/proxy.ts'
import { covers, resolveHost } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { inAmbient } from '../ambient/unused-waypoint.ts'
import type { Subject } from '../finding.ts'
import { mutualSomewhere } from '../mtls/client-rules.ts'
import { acceptedAt } from '../mtls/modes.ts'
import { podsIn, podsWith } from '../pods.ts'
import type { MeshWorld } from '../world.ts'
import { selectorOf, targetsOf } from './policy-rules.ts'

/** Whether callers of the policy's workloads have an identity: mutual TLS is not switched off, there or in who calls. */
export function hasIdentities(subject: Subject, world: MeshWorld): boolean {
  const { object, namespace } = subject
  const { mode } = acceptedAt(world, { namespace, labels: selectorOf(object) })
  return mode !== 'DISABLE' && !getsPlainText(subject, world)
}

/**
 * Whether every client of a policy's workloads sends plain text: automatic mutual TLS is off, and no DestinationRule tells
 * anybody to send it to anything of the namespace (istio pilot/pkg/networking/core/cluster_tls.go,
 * buildUpstreamTLSSettings). Gateways know their clients in another way, and ztunnel always sends mutual TLS.
 */
export function getsPlainText({ object, namespace }: Subject, world: MeshWorld): boolean {
  if (world.mesh.autoMtls || targetsOf(object).length > 0 || !areKnown(world)) return false
  const isOfMesh = namespace === world.mesh.rootNamespace
  const labels = selectorOf(object)
  const pods = isOfMesh ? podsWith(world, labels) : podsIn(world, namespace, labels)
  const isOfSidecars = pods.length > 0 && pods.every(({ pod }) => readProxy(pod).kind === 'sidecar')
  return isOfSidecars && !isToldMutual(world, isOfMesh ? undefined : namespace)
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
