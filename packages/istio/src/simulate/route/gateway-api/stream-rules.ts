import { listAt, textsAt } from '@orbweaver/contracts/json'
import { refOf } from '@orbweaver/contracts/kubernetes'
import type { StreamRule } from '../http-rule.ts'
import { destinationsOf, type Reading, Unusable, weightSum } from './backends.ts'
import { hostnamesOf } from './parents.ts'

/**
 * Where connections go that nobody takes (config/kube/gateway/conversion.go, convertTCPRoute; 1.31). A rule of a TLSRoute
 * that nobody takes has no server names, and so takes no connection (convertTLSRoute).
 */
const nowhere = {
  destination: { host: 'internal.cluster.local', subset: 'zero-weight', port: { number: 65_535 } },
  weight: 0,
}

/** Rules of a TCPRoute or a TLSRoute; none where one of them cannot be read. */
export function streamRules(reading: Reading): StreamRule[] {
  const { route, world } = reading
  try {
    const isTls = route.kind === 'TLSRoute'
    return listAt(route, 'spec', 'rules').flatMap((rule, index) => {
      const place = { ref: refOf(world.config.cluster, route), pointer: `/spec/rules/${index}` }
      const isNobodys = weightSum(rule) === 0
      if (isNobodys && isTls) return []
      const destinations = isNobodys ? [nowhere] : destinationsOf(reading, rule, place.pointer).route
      const matches = isTls
        ? [{ value: { sniHosts: hostnamesOf(route) }, place: { ...place, pointer: '/spec/hostnames' } }]
        : []
      return { value: { route: destinations }, place, matches }
    })
  } catch (error) {
    if (error instanceof Unusable) return []
    throw error
  }
}

export function withPort(rule: StreamRule, port: number): StreamRule {
  if (rule.matches.length === 0) return { ...rule, matches: [{ value: { port }, place: rule.place }] }
  return { ...rule, matches: rule.matches.map((each) => ({ ...each, value: { ...each.value, port } })) }
}

export function withServerNames(rule: StreamRule, names: (wanted: string[]) => string[]): StreamRule {
  const matches = rule.matches.map((each) => {
    return { ...each, value: { ...each.value, sniHosts: names(textsAt(each.value, 'sniHosts')) } }
  })
  return { ...rule, matches }
}
