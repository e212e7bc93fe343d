import { recordAt, stringsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import { exportToOf, isVisible } from '../world/hosts.ts'
import { kinds } from '../world/kinds.ts'
import { namespaceOf } from '../world/namespace-of.ts'
import { apiGatewayUses } from './api-gateway-uses.ts'
import { type CredentialUse, type CredentialWorld, type Found, lookUp } from './credential-lookup.ts'
import { clientWants, serverWants, type Wanted } from './credential-wants.ts'
import { type ProxyPlace, type ProxyPlaces, proxyPlaces } from './proxy-places.ts'

/** Every use of a TLS Secret in a mesh, whoever may know of it. */
export function credentialUses(world: CredentialWorld): CredentialUse[] {
  const gateways = world.config.list(kinds.gateway).map((rule) => ({ rule, wants: serverWants(rule) }))
  const rules = world.config.list(kinds.destinationRule).map((rule) => ({ rule, wants: clientWants(rule) }))
  const wanting = rules.filter(({ wants }) => wants.length > 0)
  const places = proxyPlaces(world.clusters, [
    ...gateways.map(({ rule }) => selectorOf(rule)),
    ...wanting.map(({ rule }) => clientSelectorOf(rule)),
  ])
  const fronts = allGateways(places, gateways)
  return [
    ...gateways.flatMap(({ rule, wants }) => {
      const selector = selectorOf(rule)
      const at = Object.keys(selector).length === 0 ? fronts : places.selected(selector)
      return wants.flatMap((each) => usesAt(world, { rule, wanted: each, side: 'server', at }))
    }),
    ...wanting.flatMap(({ rule, wants }) => {
      const at = clientPlaces(rule, places, fronts)
      return wants.flatMap((each) => usesAt(world, { rule, wanted: each, side: 'client', at }))
    }),
    ...apiGatewayUses(world),
  ]
}

const selectorOf = (rule: KubernetesObject) => stringsAt(rule, 'spec', 'selector')
const clientSelectorOf = (rule: KubernetesObject) => stringsAt(rule, 'spec', 'workloadSelector', 'matchLabels')

function allGateways(places: ProxyPlaces, gateways: { rule: KubernetesObject }[]): ProxyPlace[] {
  const all = [...places.gateways(), ...gateways.flatMap(({ rule }) => places.selected(selectorOf(rule)))]
  return [...new Map(all.map((each) => [`${each.cluster}/${each.namespace}`, each])).values()]
}

/**
 * Sidecars take a credentialName only from a DestinationRule that selects them; any other is for gateways alone
 * (istio.io/api networking/v1 ClientTLSSettings.credentialName, 1.30).
 */
function clientPlaces(rule: KubernetesObject, places: ProxyPlaces, gateways: ProxyPlace[]): ProxyPlace[] {
  const own = namespaceOf(rule)
  if (Object.keys(recordAt(rule, 'spec', 'workloadSelector')).length > 0) {
    return places.selected(clientSelectorOf(rule)).filter(({ namespace }) => namespace === own)
  }
  const exportTo = exportToOf(rule)
  return gateways.filter(({ namespace }) => isVisible(exportTo, own, namespace))
}

type Asked = { rule: KubernetesObject; wanted: Wanted; side: CredentialUse['side']; at: readonly ProxyPlace[] }

function usesAt(world: CredentialWorld, { rule, wanted, side, at }: Asked): CredentialUse[] {
  const by = refOf(world.config.cluster, rule)
  return at.flatMap((place) => {
    const lookup = (name: string, part: 'pair' | 'ca') => lookUp(world, { ...place, name }, part)
    const told = (found: Found) => ({ by, pointer: wanted.pointer, side, ...found })
    const pairs = wanted.pairs.map((name) => lookup(name, 'pair'))
    return [...pairs, ...caUses(wanted.ca, lookup)].map(told)
  })
}

function caUses(ca: Wanted['ca'], lookup: (name: string, part: 'pair' | 'ca') => Found): Found[] {
  if (ca === undefined) return []
  const own = lookup(ca.name, 'ca')
  if (own.secret !== undefined || ca.or === undefined) return [own]
  const base = lookup(ca.or, 'ca')
  // Neither has one: it is told by the name that it was asked for, which every reader of the rule knows.
  return [base]
}
