import { isRecord, type JsonRecord, recordAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

/** Labels in which the charts write the name of their Helm release. */
const LABELS = ['release', 'app.kubernetes.io/instance']

/**
 * The objects as charts render them in the operator's releases, which are named after what they are for and the chart:
 * `<revision>-istiod`, `<tag>-revisiontags`, and `<name>-base` of either.
 */
export function inRelease(
  objects: readonly KubernetesObject[],
  { name, chart }: { name: string; chart: string },
): KubernetesObject[] {
  return objects.map((object) => {
    const isBase = textAt(object, 'metadata', 'labels', 'helm.sh/chart')?.startsWith('base-') === true
    const release = `${name}-${isBase ? 'base' : chart}`
    const metadata = { ...object.metadata, labels: labelled(object.metadata.labels ?? {}, release) }
    const template = recordAt(object, 'spec', 'template')
    if (!isRecord(template.metadata)) return { ...object, metadata }
    const labels = labelled(recordAt(template.metadata, 'labels'), release)
    const spec: JsonRecord = {
      ...recordAt(object, 'spec'),
      template: { ...template, metadata: { ...template.metadata, labels } },
    }
    return { ...object, metadata, spec }
  })
}

function labelled<T>(labels: Readonly<Record<string, T>>, release: string): Record<string, T | string> {
  const named = LABELS.filter((label) => label in labels).map((label) => [label, release])
  return { ...labels, ...Object.fromEntries(named) }
}
