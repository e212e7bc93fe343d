import { at } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { effective } from '../../simulate/route/traffic-policies.ts'
import { exportToOf, isVisible, resolveHost } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { type Code, found, type Judge, type Subject } from '../finding.ts'
import { rulesFor } from '../subsets.ts'
import type { MeshWorld } from '../world.ts'
import { policyIn } from './overridden.ts'
import { type Aimed, aimedOf, docs } from './targets.ts'

const code: Code = { code: 'backendtlspolicy.hidden', severity: 'warning', istio: 'accepts', docs }

/**
 * Clients of a namespace that has a DestinationRule for the host take that alone, and nothing of what istiod makes of a policy
 * (istio pilot/pkg/model/push_context.go, destinationRule; 1.31). A rule that says itself which TLS to speak is as it is meant.
 */
export const hidden: Judge = {
  says: [code],
  kinds: [kinds.backendTlsPolicy],
  judge(subject, world) {
    return aimedOf(subject, world).flatMap((aimed) =>
      aimed.backend.hosts.flatMap((host) => ofHost(subject, world, { aimed, host })),
    )
  },
}

function ofHost(subject: Subject, world: MeshWorld, { aimed, host }: { aimed: Aimed; host: string }): Finding[] {
  const rules = rulesFor(world, resolveHost(host, subject.namespace, world.mesh.domain)).filter((each) =>
    isOfClients(world, subject, each),
  )
  const byNamespace = new Map(rules.toReversed().map((each) => [namespaceOf(each), each]))
  return [...byNamespace].flatMap(([namespace, rule]) => {
    const own = policyIn(subject.cluster, rule)
    const isSaid = aimed.ports.every((port) => effective(own, undefined, port).tls !== undefined)
    if (isSaid) return []
    const params = { host, namespace, rule: rule.metadata.name }
    return [found(subject, code, { pointer: aimed.target.pointer, params, evidence: [refOf(subject.cluster, rule)] })]
  })
}

/** Of another namespace, whose clients see it; that of the root namespace comes after what is made of the policy. */
function isOfClients(world: MeshWorld, { namespace }: Subject, rule: KubernetesObject): boolean {
  const own = namespaceOf(rule)
  if (own === namespace || own === world.mesh.rootNamespace || at(rule, 'spec', 'workloadSelector') !== undefined) {
    return false
  }
  return isVisible(exportToOf(rule), own, own)
}
