import { at, type Json, listAt, textAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { selectorIsEmpty, selectorMatches } from '../../selectors.ts'

/** Namespaces istiod never injects, whatever their labels (pkg/kube/inject/inject.go IgnoredNamespaces). */
const IGNORED = new Set(['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage'])

/**
 * istiod's own decision on a Pod that the API server's selectors let through (injectRequired of
 * pkg/kube/inject/inject.go, master of 2026-08-27). `config` is key `config` of ConfigMap istio-sidecar-injector.
 */
export function injectionRequired(pod: KubernetesObject, namespace: string, config: Json | undefined): boolean {
  if (at(pod, 'spec', 'hostNetwork') === true || IGNORED.has(namespace)) return false
  const labels = labelsOf(pod)
  const wish = labels['sidecar.istio.io/inject'] ?? annotationsOf(pod)['sidecar.istio.io/inject']
  const policy = textAt(config, 'policy') ?? 'enabled'
  if (policy !== 'enabled' && policy !== 'disabled') return false
  if (wish === 'true' || wish === 'false') return wish === 'true'
  const listed = (field: string): boolean =>
    listAt(config, field).some((each) => !selectorIsEmpty(each) && selectorMatches(each, labels))
  if (listed('neverInjectSelector')) return false
  return listed('alwaysInjectSelector') || policy === 'enabled'
}
