import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

export type Labels = Readonly<Record<string, string>>

/** Whether an object has every wanted label: the form of selectors that Services and Istio's own rules have. */
export function hasLabels(object: KubernetesObject, wanted: Labels): boolean {
  const { labels } = object.metadata
  return Object.entries(wanted).every(([key, value]) => labels?.[key] === value)
}
