import { annotationsOf, labelsOf } from '@orbweaver/contracts/kubernetes'
import { isLive } from '../../injection/pod-state.ts'
import { step } from '../../pointer.ts'
import { kinds } from '../../world/kinds.ts'
import { names } from '../../world/names.ts'
import { type Code, found, type Judge } from '../finding.ts'
import { isAmbient, proxyImageOf } from '../in-mesh.ts'

const docs = 'ambient/usage/add-workloads/'
const asked: Code = {
  code: 'ambient.pod-with-sidecar',
  severity: 'warning',
  istio: 'ignores',
  aliases: ['KIA1311', 'KIA1315'],
  docs,
}
const redirected: Code = {
  code: 'ambient.redirected-sidecar',
  severity: 'error',
  istio: 'accepts',
  aliases: ['KIA1314'],
  docs,
}
const within: Code = {
  code: 'ambient.sidecar-within',
  severity: 'info',
  istio: 'accepts',
  aliases: ['KIA1315', 'KIA1316'],
  docs,
}

/**
 * Pods with a sidecar that are asked into ambient mode, by themselves or by their namespace: whoever has a sidecar is left
 * to it (istio cni/pkg/util/enablement_selector.go; 1.31).
 */
export const sidecarToo: Judge = {
  says: [asked, redirected, within],
  kinds: [kinds.pod],
  where: 'every',
  judge(subject) {
    const { object, namespace, view } = subject
    const isInjected = annotationsOf(object)[names.status] !== undefined
    if (!isLive(object) || !isInjected || proxyImageOf(object.spec) === '') return []
    if (labelsOf(object)[names.gatewayManaged] !== undefined) return []
    if (isAmbient(object))
      return [found(subject, redirected, { pointer: `/metadata/annotations${step(names.redirection)}` })]
    const mode = labelsOf(object)[names.dataplaneMode]
    if (mode === 'ambient') return [found(subject, asked, { pointer: `/metadata/labels${step(names.dataplaneMode)}` })]
    const home = view.get(kinds.namespace, namespace)
    if (mode === 'none' || home === undefined || labelsOf(home)[names.dataplaneMode] !== 'ambient') return []
    return [found(subject, within, { params: { namespace } })]
  },
}
