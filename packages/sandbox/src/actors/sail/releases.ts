import { isRecord, type JsonRecord, recordAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

/** Labels in which the charts write the name of their Helm release. */
const LABELS = ['release', 'app.kubernetes.io/instance']

/** The objects as charts render them in the operator's releases: in one of chart base, where that is among them. */
export function inRelease(objects: readonly KubernetesObject[], own: string, ofBase = own): KubernetesObject[] {
  return objects.map((object) => {
    const isBase = textAt(object, 'metadata', 'labels', 'helm.sh/chart')?.startsWith('base-') === true
    const release = isBase ? ofBase : own
    const metadata = { ...object.metadata, labels: labelled(object.metadata.labels ?? {}, release) }
    const template = recordAt(object, 'spec', 'template')
    if (!isRecord(template.metadata)) return { ...object, metadata }
    const labels = labelled(stringsAt(template.metadata, 'labels'), release)
    const spec: JsonRecord = {
      ...recordAt(object, 'spec'),
      template: { ...template, metadata: { ...template.metadata, labels } },
    }
    return { ...object, metadata, spec }
  })
}

function labelled(labels: Record<string, string>, release: string): Record<string, string> {
  const named = { ...labels }
  for (const label of LABELS) if (label in labels) named[label] = release
  return named
}
