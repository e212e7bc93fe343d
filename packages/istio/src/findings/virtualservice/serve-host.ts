import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Fix } from '@orbweaver/contracts/plan'
import { matches } from '../../world/hosts.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { fix, type Subject } from '../finding.ts'
import { put } from '../operations.ts'
import type { MeshWorld } from '../world.ts'
import { hostsOf, rulesByGateway } from './gateway-rules.ts'
import { hostsFor } from './gateway-hosts.ts'
import { placeForHost } from './server-routes.ts'

/** A way out by more hosts in a Gateway, for rules of one namespace, where that serves no other rule that was not served. */
export function serveHosts(subject: Subject, world: MeshWorld, { gateway, hosts }: Wanted): Fix[] {
  const index = placeForHost(gateway, subject.object)
  if (index === undefined || hosts.length === 0 || servesOthers(subject, world, { gateway, hosts })) return []
  const values = hosts.map((host) => `${subject.namespace}/${host}`)
  const own = { ...subject, object: gateway, namespace: namespaceOf(gateway) }
  const operations = values.map((value) => put(`/spec/servers/${index}/hosts/-`, value))
  return [fix(own, { code: 'serve-host', params: { hosts: values.join(', ') } }, operations)]
}

type Wanted = { gateway: KubernetesObject; hosts: readonly string[] }

function servesOthers({ object, namespace }: Subject, world: MeshWorld, { gateway, hosts }: Wanted): boolean {
  const home = namespaceOf(gateway)
  const served = hostsFor(gateway, home, namespace)
  return world
    .look(rulesByGateway, `${home}/${gateway.metadata.name}`)
    .filter((rule) => rule !== object && namespaceOf(rule) === namespace)
    .some((rule) => !isServed(rule, served) && isServed(rule, hosts))
}

function isServed(rule: KubernetesObject, served: readonly string[]): boolean {
  return hostsOf(rule).some((host) => served.some((one) => matches(one, host)))
}
