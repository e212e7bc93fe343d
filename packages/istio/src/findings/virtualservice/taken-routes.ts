import { canonicalJson, type Json, listAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { byAge, exportToOf } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, found, type Judge, type Subject } from '../finding.ts'
import { isCatchAll, takesAll } from '../matching.ts'
import type { MeshWorld } from '../world.ts'
import { gatewayHostKey, hostsOf, rulesByGatewayHost } from './gateway-rules.ts'
import { gatewaysOf } from './gateways.ts'

const code: Code = { code: 'virtualservice.route-taken', severity: 'warning', istio: 'ignores' }

/**
 * VirtualServices for one host at one Gateway: their routes are put one after the other, those of the oldest rule first,
 * catch-all routes last (istio pilot/pkg/networking/core/gateway.go, buildGatewayHTTPRouteConfig; route.go,
 * SortVHostRoutes). A route of a younger one whose requests an older one takes is never reached.
 */
export const takenRoutes: Judge = {
  says: [code],
  kinds: [kinds.virtualService],
  judge(subject, world) {
    const { object, namespace } = subject
    const matches = matchesOf(object)
    if (matches.length === 0) return []
    const hosts = hostsOf(object)
    return gatewaysOf(object, namespace).flatMap(({ namespace: home, name, gateway }) => {
      const rivals = hosts.map((host) => older(world, object, gatewayHostKey(`${home}/${name}`, host)))
      return judgeAt(subject, { gateway, rivals, matches })
    })
  },
}

type Match = { match: Json; pointer: string }
type At = { gateway: string; rivals: readonly (readonly KubernetesObject[])[]; matches: readonly Match[] }

/** Said where the route is taken for every host of the rule. */
function judgeAt(subject: Subject, { gateway, rivals, matches }: At): Finding[] {
  if (rivals.length === 0 || rivals.some((each) => each.length === 0)) return []
  return matches.flatMap(({ match, pointer }) => {
    const takers = rivals.map((each) => each.find((one) => takes(one, match)))
    const [first] = takers
    if (first === undefined || takers.includes(undefined)) return []
    const other = `${first.metadata.namespace ?? 'default'}/${first.metadata.name}`
    const evidence = [refOf(subject.cluster, first)]
    return [found(subject, code, { pointer, params: { gateway, other }, evidence })]
  })
}

/** Rules that come first whoever the gateway's Pods belong to: those of the same export. */
function older(world: MeshWorld, object: KubernetesObject, key: string): KubernetesObject[] {
  return world
    .look(rulesByGatewayHost, key)
    .filter((each) => exportOf(each) === exportOf(object) && byAge(each, object) < 0)
    .toSorted(byAge)
}

function exportOf(object: KubernetesObject): string {
  const exportTo = exportToOf(object)
  return exportTo.length === 0 || exportTo.includes('*') ? '*' : canonicalJson(exportTo.toSorted())
}

function takes(rule: KubernetesObject, match: Json): boolean {
  const last = isCatchAll(match)
  return matchesOf(rule).some((each) => isCatchAll(each.match) === last && takesAll(each.match, match))
}

/** Every match of the HTTP routes; a route without any takes everything. */
function matchesOf(rule: KubernetesObject): Match[] {
  return listAt(rule, 'spec', 'http').flatMap((route, index): Match[] => {
    const pointer = `/spec/http/${index}`
    const matches = listAt(route, 'match')
    if (matches.length === 0) return [{ match: {}, pointer }]
    return matches.map((match, nth) => ({ match, pointer: `${pointer}/match/${nth}` }))
  })
}
