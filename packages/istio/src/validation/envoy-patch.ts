import { at, isRecord, type Json, textAt } from '@orbweaver/contracts/json'
import { has, textOf } from './shared-fields.ts'

/**
 * What istiod says of an EnvoyFilter's patch by its form alone. The rest, fields and types of Envoy's own messages, takes
 * Envoy's descriptors, which are not here: such a patch passes.
 */

/** Types of Envoy's second API are unknown to istiod, wherever they are. */
export function patchValueProblem(value: Json): string | undefined {
  const url = typeUrls(value).find((each) => each.includes('.v2.') || each.includes('.v2alpha.'))
  if (url === undefined) return undefined
  const why = `Envoy filter: could not resolve Any message type: ${url}`
  const hint = url.includes('.v2.') ? ' (hint: try using the v3 XDS API)' : ''
  return `referenced type unknown${hint}: ${why}`
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
