import { at, type Json, listAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { configMaps } from '@orbweaver/kube/resources'
import { kubernetesYaml } from '@orbweaver/istio/kubernetes-yaml'
import { parse } from 'yaml'
import type { ActorContext } from '../controller.ts'
import { selectorMatches } from '../selectors.ts'
import type { IstiodIdentity } from './identity.ts'

/** What an istiod reads: ConfigMap `istio` has its mesh, `istio-sidecar-injector` its injector. */
type Base = 'istio' | 'istio-sidecar-injector'

export function settingsName({ revision }: IstiodIdentity, base: Base): string {
  return revision === 'default' ? base : `${base}-${revision}`
}

export function settingsOf(context: ActorContext, identity: IstiodIdentity, base: Base): KubernetesObject | undefined {
  return context.caches.of(configMaps).get(identity.namespace, settingsName(identity, base))
}

const read = new WeakMap<KubernetesObject, Map<string, Json | undefined>>()

/** A key of a ConfigMap, which is read once as long as the ConfigMap stays as it is. */
export function parsed(map: KubernetesObject | undefined, key: string): Json | undefined {
  if (map === undefined) return undefined
  const known = read.get(map) ?? new Map<string, Json | undefined>()
  read.set(map, known)
  if (!known.has(key)) {
    const text = textAt(map, 'data', key)
    const value: unknown = text === undefined ? undefined : parse(text, kubernetesYaml)
    known.set(key, at(value))
  }
  return known.get(key)
}

/** Whether a mesh's discoverySelectors take a namespace in; all of them when there are none (pkg/kube/namespace/filter.go). */
export function isDiscovered(mesh: Json | undefined, namespace: KubernetesObject): boolean {
  const selectors = listAt(mesh, 'discoverySelectors')
  return selectors.length === 0 || selectors.some((each) => selectorMatches(each, labelsOf(namespace)))
}
