import { recordAt, stringsAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { isLive } from '../injection/pod-state.ts'
import { readProxy } from '../injection/proxy.ts'
import { groupedBy } from '../world/grouped.ts'
import { kinds } from '../world/kinds.ts'
import type { Labels } from '../world/labels.ts'
import { namespaceOf } from '../world/namespace-of.ts'
import { names } from '../world/names.ts'
import type { ClusterView } from '../world/view.ts'

/** Where proxies run: they take Secrets of their own namespace alone. */
export type ProxyPlace = { cluster: string; namespace: string }

export type ProxyPlaces = {
  /** Where workloads with all of these labels run, or would if they were not scaled to none. */
  selected(labels: Labels): readonly ProxyPlace[]
  /** Where gateways run: what Gateways select, and what is injected as one. */
  gateways(): readonly ProxyPlace[]
}

/**
 * One look at the workloads of a mesh, for as many selectors as there are. A Gateway without selector is for every gateway
 * (istio pilot/pkg/model/push_context.go mergeGateways, 1.30).
 */
export function proxyPlaces(clusters: readonly ClusterView[], selectors: readonly Labels[]): ProxyPlaces {
  const choose = chooser(selectors)
  const found = new Map<string, Map<string, ProxyPlace>>()
  const gateways = new Map<string, ProxyPlace>()
  for (const { place, labels, gateway } of clusters.flatMap(workloadsOf)) {
    const key = `${place.cluster}/${place.namespace}`
    if (gateway) gateways.set(key, place)
    for (const text of choose(labels)) {
      const places = found.get(text) ?? new Map<string, ProxyPlace>()
      found.set(text, places.set(key, place))
    }
  }
  return {
    selected: (labels) => [...(found.get(textOf(labels))?.values() ?? [])],
    gateways: () => [...gateways.values()],
  }
}

/** Which of the selectors labels have, as texts; by one look-up a label, however many selectors there are. */
function chooser(selectors: readonly Labels[]): (labels: Labels) => string[] {
  const wanted = [...new Map(selectors.map((each) => [textOf(each), each]))].map(([text, each]) => ({ text, each }))
  const byFirst = groupedBy(wanted, ({ text }) => text.split(',', 1)[0] ?? '')
  const has = (labels: Labels, selector: Labels) => keysOf(selector).every((key) => labels[key] === selector[key])
  return (labels) =>
    Object.entries(labels).flatMap(([key, value]) =>
      (byFirst.get(`${key}=${value}`) ?? []).filter(({ each }) => has(labels, each)).map(({ text }) => text),
    )
}

type Workload = { place: ProxyPlace; labels: Labels; gateway: boolean }

function workloadsOf(view: ClusterView): Workload[] {
  const at = (object: KubernetesObject) => ({ cluster: view.cluster, namespace: namespaceOf(object) })
  const pods = view.list(kinds.pod).filter(isLive)
  const templates = [kinds.deployment, kinds.statefulSet, kinds.daemonSet].flatMap((kind) => view.list(kind))
  return [
    ...pods.map((pod) => ({ place: at(pod), labels: pod.metadata.labels ?? {}, gateway: isGateway(pod) })),
    ...templates.map((each) => {
      const metadata = recordAt(each, 'spec', 'template', 'metadata')
      const gateway = stringsAt(metadata, 'annotations')[names.templates]?.includes('gateway') === true
      return { place: at(each), labels: stringsAt(metadata, 'labels'), gateway }
    }),
  ]
}

function isGateway(pod: KubernetesObject): boolean {
  const proxy = readProxy(pod)
  return proxy.kind === 'gateway' || (proxy.kind === 'managed-gateway' && !proxy.waypoint)
}

function keysOf(labels: Labels): string[] {
  return Object.keys(labels).toSorted()
}

function textOf(labels: Labels): string {
  return keysOf(labels)
    .map((key) => `${key}=${labels[key] ?? ''}`)
    .join(',')
}
