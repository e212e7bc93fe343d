import { isRecord } from '@orbweaver/contracts/json'
import { meshParts, type MeshWorld } from '@orbweaver/istio/findings/world'
import { worldOf } from '@orbweaver/istio/simulate/world'
import { kubernetesYaml } from '@orbweaver/istio/kubernetes-yaml'
import { kinds } from '@orbweaver/istio/world/kinds'
import { clusterView } from '@orbweaver/istio/world/view'
import { parse } from 'yaml'
import type { ProxyWorld } from '../../envoy/configuration.ts'

type Read = Pick<ProxyWorld, 'objects' | 'remotes' | 'meshConfig'>

/** A world as the simulators read it. */
export function meshWorldOf({ objects, remotes = {}, meshConfig }: Read): MeshWorld {
  const settings: unknown = meshConfig === '' ? {} : parse(meshConfig)
  const view = clusterView('default', objects, Object.values(kinds))
  const others = Object.entries(remotes).map(([name, each]) => clusterView(name, each, Object.values(kinds)))
  const config = isRecord(settings) ? settings : {}
  return worldOf(
    meshParts({
      config: view,
      clusters: [view, ...others],
      settings: { config, istioNamespace: 'istio-system' },
      yaml: (text): unknown => parse(text, kubernetesYaml),
    }),
  )
}
