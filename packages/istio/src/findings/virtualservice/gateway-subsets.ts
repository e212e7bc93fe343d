import { stringsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import { resolveHost } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { exporting, isExported } from '../exports.ts'
import { type Code, found, type Judge, type Subject } from '../finding.ts'
import { podsWith } from '../pods.ts'
import { rulesFor, subsetsOf } from '../subsets.ts'
import type { MeshWorld } from '../world.ts'
import { destinationsOf } from './destinations.ts'
import { gatewaysOf } from './gateways.ts'

const code: Code = { code: 'virtualservice.subset-hidden-from-gateway', severity: 'error', istio: 'accepts' }

/**
 * A gateway looks for DestinationRules in its own namespace, in the service's and in the root namespace, and only at those
 * that are exported to it (istio pilot/pkg/model/push_context.go, destinationRule): a subset that is defined where the
 * VirtualService is may be none there, and requests get 503.
 */
export const gatewaySubsets: Judge = {
  says: [code],
  kinds: [kinds.virtualService],
  judge(subject, world) {
    const { object } = subject
    const routed = destinationsOf(object).filter(({ subset }) => (subset ?? '') !== '')
    const named = gatewaysOf(object, subject.namespace)
    if (routed.length === 0 || named.length === 0 || !world.complete(kinds.pod)) return []
    const gateways = named.flatMap((each) => world.config.get(kinds.gateway, each.name, each.namespace) ?? [])
    const pods = gateways.flatMap((each) => podsWith(world, stringsAt(each, 'spec', 'selector')))
    const homes = [...new Set(pods.map(({ pod }) => namespaceOf(pod)))]
    return routed.flatMap(({ host, subset = '', pointer }) => {
      const hidden = hiddenSubset(subject, world, { host, subset, homes: () => homes })
      return hidden === undefined ? [] : [found(subject, code, { pointer: `${pointer}/subset`, ...hidden })]
    })
  },
}

type Wanted = { host: string; subset: string; homes: () => readonly string[] }

/** The first namespace from which nobody sees a subset that is defined somewhere, and what is to be said of it. */
export function hiddenSubset({ namespace, cluster }: Subject, world: MeshWorld, { host, subset, homes }: Wanted) {
  const resolved = resolveHost(host, namespace, world.mesh.domain)
  const rules = rulesFor(world, resolved).filter((rule) => subsetsOf(rule).some(({ name }) => name === subset))
  const owner = world.hosts.find(resolved, namespace)?.namespace
  if (rules.length === 0 || owner === undefined) return undefined
  const { destinationRule: byDefault } = world.mesh.exportTo
  const isLookedAt = (rule: KubernetesObject, home: string) =>
    [home, owner, world.mesh.rootNamespace].includes(namespaceOf(rule))
  const isSeen = (one: string) => rules.some((rule) => isLookedAt(rule, one) && isExported(rule, one, byDefault))
  const home = homes().find((one) => !isSeen(one))
  if (home === undefined) return undefined
  const [only, ...others] = rules.filter((rule) => isLookedAt(rule, home))
  const fixes = only === undefined || others.length > 0 ? [] : [exporting(cluster, only, home)]
  const evidence = rules.map((each) => refOf(cluster, each))
  return { params: { host, subset, namespace: home }, evidence, fixes }
}
