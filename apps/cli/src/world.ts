import { type JsonRecord, sameJson } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import { meshParts, type MeshWorldParts } from '@orbweaver/istio/findings/world'
import { kubernetesYaml } from '@orbweaver/istio/kubernetes-yaml'
import { type KindKey, kindOf, kinds } from '@orbweaver/istio/world/kinds'
import { runningVersion } from '@orbweaver/istio/meshes/running-version'
import { meshSettings } from '@orbweaver/istio/world/mesh-settings'
import { ignoredNamespaces } from '@orbweaver/istio/world/names'
import { keyOf, placed } from '@orbweaver/istio/world/placed'
import { clusterView } from '@orbweaver/istio/world/view'
import { parse } from 'yaml'
import type { Position, Sourced } from './read/documents.ts'
import type { SeveralForms } from './several-forms.ts'

/** What a world is made from beside its objects. */
export type Around = {
  meshConfig: JsonRecord
  istioNamespace: string
  rootNamespace?: string
  autoMtls?: boolean
}

/** Objects of one cluster: what runs, and files laid over it. */
export type Given = {
  cluster: string
  live?: readonly KubernetesObject[]
  /** Kinds that could not be read there. */
  unread?: readonly KindKey[]
  files: readonly Sourced[]
}

export type Assembled = {
  parts: MeshWorldParts
  /** Where a file has the object of a key (`keyOf`) and, within it, a JSON pointer. */
  at(cluster: string, key: string, pointer: string): Position | undefined
  several: readonly SeveralForms[]
}

const all: readonly KindKey[] = Object.values(kinds)

/** The first cluster is the one that istiod reads its rules from. An object given twice is what was said of it last. */
export function assemble(given: readonly Given[], around: Around): Assembled {
  const settings = { ...around, config: around.meshConfig }
  const sources = new Map<string, Sourced[]>()
  const views = given.map(({ cluster, live = [], unread = [], files }) => {
    const objects = new Map(live.filter(isSeen).map((object) => [keyOf(object), object]))
    for (const each of files) {
      const object = placed(each.object)
      if (!isSeen(object)) continue
      objects.set(keyOf(object), object)
      const key = `${cluster} ${keyOf(object)}`
      sources.set(key, [...(sources.get(key) ?? []), { ...each, object }])
    }
    return clusterView(
      cluster,
      objects.values(),
      unread.length === 0 ? all : all.filter((each) => !unread.includes(each)),
    )
  })
  const [config = clusterView('default', [], all)] = views
  const isLive = given.some(({ live = [] }) => live.length > 0)
  return {
    parts: {
      ...meshParts({
        config,
        clusters: views.length > 0 ? views : [config],
        version: isLive ? runningVersion(views, { namespace: around.istioNamespace, revision: 'default' }) : undefined,
        yaml: (text): unknown => parse(text, kubernetesYaml),
      }),
      settings: () => meshSettings(settings),
    },
    at: (cluster, key, pointer) => sources.get(`${cluster} ${key}`)?.at(-1)?.at(pointer),
    several: [...sources].flatMap(([key, forms]) => severalOf(key.slice(0, key.indexOf(' ')), forms)),
  }
}

function severalOf(cluster: string, forms: readonly Sourced[]): SeveralForms[] {
  const last = forms.at(-1)
  const others = forms.filter((each) => last !== undefined && !sameJson(each.object, last.object))
  if (last === undefined || others.length === 0) return []
  const placed = others.map((each) => ({ object: each.object, position: each.at('') }))
  return [{ ref: refOf(cluster, last.object), counts: last.at(''), others: placed }]
}

/** Istio never looks into these (istio pkg/kube/inject/initializer.go, IgnoredNamespaces). */
function isSeen(object: KubernetesObject): boolean {
  const namespace = kindOf(object) === kinds.namespace ? object.metadata.name : object.metadata.namespace
  return namespace === undefined || !ignoredNamespaces.includes(namespace)
}

/**
 * What istioctl adds to files alone: a Pod and a Service of the ingress gateway, unless mesh configuration switches
 * ingress off (istio pkg/config/analysis/local/defaults.go).
 */
export function defaultResources({ meshConfig, istioNamespace: namespace }: Around): KubernetesObject[] {
  const { ingressMode, ingressService: name } = meshSettings({ config: meshConfig, istioNamespace: namespace })
  if (ingressMode === 'OFF') return []
  const labels = { istio: 'ingressgateway' }
  const port = (called: string, number: number) => ({
    name: called,
    port: number,
    protocol: 'TCP',
    targetPort: number,
  })
  const ports = [port('http2', 80), port('https', 443), port('tcp', 31400), port('tls', 15443)]
  return [
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `${name}-dummypod`, namespace, labels },
      spec: { containers: [{ name: 'istio-proxy' }] },
    },
    { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec: { ports, selector: labels } },
  ]
}
