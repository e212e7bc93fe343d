import { type JsonRecord, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

/** What is said of the gateways between networks concerns clusters of the mesh alone. */
export function withoutGateways(live: KubernetesObject, leaving: ReadonlySet<string>): KubernetesObject {
  const gateways = listAt(live, 'spec', 'networks', 'eastWestGateways')
  const kept = gateways.filter((each) => !leaving.has(textAt(each, 'cluster') ?? ''))
  return kept.length === gateways.length
    ? live
    : withNetworks(live, (networks) => ({ ...networks, eastWestGateways: kept }))
}

/** The Mesh with its networks changed; what says nothing any more is left out. */
export function withNetworks(live: KubernetesObject, change: (networks: JsonRecord) => JsonRecord): KubernetesObject {
  const entries = Object.entries(change(recordAt(live, 'spec', 'networks')))
  const said = entries.filter(([, each]) => each !== undefined && !(Array.isArray(each) && each.length === 0))
  const { networks: _before, ...spec } = recordAt(live, 'spec')
  return { ...live, spec: said.length === 0 ? spec : { ...spec, networks: Object.fromEntries(said) } }
}
