import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../../world/kinds.ts'
import { templated, templateLabels } from '../carriers.ts'
import { type Code, fix, found, type Judge } from '../finding.ts'
import { labelled, runsInMesh } from './template.ts'

const app: Code = { code: 'workload.app-label', severity: 'info', istio: 'accepts' }
const version: Code = { code: 'workload.version-label', severity: 'info', istio: 'accepts' }

/** By which metrics and traces tell workloads apart (istio pkg/model/proxy.go, canonical service and revision). */
const appLabels = ['service.istio.io/canonical-name', 'app.kubernetes.io/name', 'app']
const versionLabels = ['service.istio.io/canonical-revision', 'app.kubernetes.io/version', 'version']

/** Workloads in the mesh that do not say what they are, or of which version. */
export const telemetryLabels: Judge = {
  says: [app, version],
  kinds: templated,
  where: 'every',
  judge(subject, world) {
    const { object } = subject
    if (!world.complete(kinds.pod) || !runsInMesh(subject)) return []
    const pointer = '/spec/template/metadata/labels'
    const { name } = object.metadata
    const byApp = fix(subject, { code: 'label', params: { label: `app=${name}` } }, labelled(object, { app: name }))
    const byVersion = fix(
      subject,
      { code: 'label', params: { label: 'version=v1' } },
      labelled(object, { version: 'v1' }),
    )
    return [
      ...(has(object, appLabels) ? [] : [found(subject, app, { pointer, params: { name }, fixes: [byApp] })]),
      ...(has(object, versionLabels)
        ? []
        : [found(subject, version, { pointer, params: { name }, fixes: [byVersion] })]),
    ]
  },
}

function has(workload: KubernetesObject, labels: readonly string[]): boolean {
  const own = templateLabels(workload)
  return labels.some((each) => (own[each] ?? '') !== '')
}
