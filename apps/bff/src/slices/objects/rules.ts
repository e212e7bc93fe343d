import { listAt, recordAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject, ObjectRef } from '@orbweaver/contracts/kubernetes'
import type { RuleKind } from '@orbweaver/contracts/objects'
import type { Resource } from '@orbweaver/kube/client'
import { knownResource } from '@orbweaver/kube/known-resources'
import * as kinds from '@orbweaver/kube/resources'
import type { ViewerDoor } from '../../kube/doors.ts'

/** Where each kind of rule is served. Istio's v1 since 1.22; the API server converts. */
export const ruleResources: Record<RuleKind, Resource> = {
  VirtualService: kinds.virtualServices,
  DestinationRule: kinds.destinationRules,
  Gateway: kinds.istioGateways,
  ServiceEntry: kinds.serviceEntries,
  PeerAuthentication: kinds.peerAuthentications,
  RequestAuthentication: kinds.requestAuthentications,
  AuthorizationPolicy: kinds.authorizationPolicies,
}

export function ruleResource(of: { group: string; kind: string }): Resource | undefined {
  return Object.values(ruleResources).find((each) => each.group === of.group && each.kind === of.kind)
}

/** Whether the person may list every kind of rule in all of these clusters. */
export async function listsAllRules(viewer: Pick<ViewerDoor, 'lists'>, clusters: readonly string[]): Promise<boolean> {
  const rules = clusters.flatMap((cluster) => Object.values(ruleResources).map((resource) => ({ cluster, resource })))
  const listed = await Promise.all(rules.map(({ cluster, resource }) => viewer.lists(cluster, resource)))
  return listed.every(Boolean)
}

/** Kinds that findings are about and that are looked at as they are, at the version asked for. Secrets are not. */
export function shownResource({ group, version, kind }: ObjectRef): Resource | undefined {
  const known = kind === 'Secret' ? undefined : knownResource(group, kind)
  return known === undefined ? undefined : { ...known, version }
}

/** One line of what a rule is about: its hosts, or whom it selects. */
export function summaryOf(rule: KubernetesObject): string {
  const hosts = listAt(rule, 'spec', 'hosts').filter((each) => typeof each === 'string')
  if (hosts.length > 0) return hosts.join(', ')
  const host = textAt(rule, 'spec', 'host')
  if (host !== undefined) return host
  const servers = listAt(rule, 'spec', 'servers')
  if (servers.length > 0) return [...new Set(servers.flatMap(serverHosts))].join(', ')
  const selector = { ...stringsAt(rule, 'spec', 'selector', 'matchLabels'), ...plainSelector(rule) }
  return Object.entries(selector)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ')
}

function serverHosts(server: unknown): string[] {
  const port = recordAt(server, 'port').number
  return listAt(server, 'hosts')
    .filter((each) => typeof each === 'string')
    .map((each) => (typeof port === 'number' ? `${each}:${port}` : each))
}

/** A Gateway's selector is a plain map, a policy's has matchLabels. */
function plainSelector(rule: KubernetesObject): Record<string, string> {
  return stringsAt(rule, 'spec', 'selector')
}
