import { at, isRecord, type Json, textAt } from '@orbweaver/contracts/json'
import { envoyMessages } from './generated/envoy-messages.ts'
import { has, textOf } from './shared-fields.ts'

/**
 * What istiod says of an EnvoyFilter's patch by its form, and by the names of the types in it. The rest, fields of Envoy's
 * own messages, takes Envoy's descriptors, which are not here: such a patch passes.
 */

/** Types of Envoy's second API, and those that its third has no more, are unknown to istiod, wherever they are. */
export function patchValueProblem(value: Json): string | undefined {
  const url = typeUrls(value).find(isUnknown)
  if (url === undefined) return undefined
  const why = `Envoy filter: could not resolve Any message type: ${url}`
  const hint = url.includes('.v2.') ? ' (hint: try using the v3 XDS API)' : ''
  return `referenced type unknown${hint}: ${why}`
}

/** Filters that Istio's build of Envoy has besides, with types named like Envoy's own (istio/proxy, source/extensions). */
const ofIstiosProxy = /^envoy\.(tcp|extensions\.network_filters)\./

function isUnknown(url: string): boolean {
  if (url.includes('.v2.') || url.includes('.v2alpha.')) return true
  const [, home = '', name = ''] = /^type\.googleapis\.com\/(envoy\..*?)\.([A-Z].*)$/.exec(url) ?? []
  if (home === '' || ofIstiosProxy.test(home)) return false
  return envoyMessages.get(home)?.split(' ').includes(name) !== true
}

function typeUrls(value: Json | undefined): string[] {
  if (Array.isArray(value)) return value.flatMap(typeUrls)
  if (!isRecord(value)) return []
  const own = textAt(value, '@type')
  return [...(own === undefined ? [] : [own]), ...Object.values(value).flatMap(typeUrls)]
}

/** Messages with a name and a typed_config, by the kind of object they are in: itself, or one of its fields. */
const TYPED: Record<string, string[][]> = {
  HTTP_FILTER: [[]],
  NETWORK_FILTER: [[]],
  LISTENER_FILTER: [[]],
  EXTENSION_CONFIG: [[]],
  CLUSTER: [['transport_socket'], ['transportSocket'], ['cluster_type'], ['clusterType']],
  FILTER_CHAIN: [['transport_socket'], ['transportSocket']],
}

/** Names of what relies on its name alone (validateMissingTypedConfigFilterTypes). */
export function untypedNames(applyTo: string, value: Json): string[] {
  const messages = (TYPED[applyTo] ?? []).map((path) => at(value, ...path)).filter((each) => isRecord(each))
  const typed = (message: Json): boolean =>
    ['typed_config', 'typedConfig', 'config_discovery', 'configDiscovery'].some((field) => has(message, field))
  return messages.filter((message) => !typed(message)).map((message) => textOf(message, 'name'))
}
