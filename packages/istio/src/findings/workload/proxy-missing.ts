import { at } from '@orbweaver/contracts/json'
import { labelsOf } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../../world/kinds.ts'
import { names } from '../../world/names.ts'
import { type Code, found, type Judge } from '../finding.ts'
import { ofPod, proxyImageOf } from '../in-mesh.ts'

const code: Code = { code: 'pod.proxy-missing', severity: 'warning', istio: 'accepts', aliases: ['IST0103'] }

/** Pods without a proxy where `istio-injection=enabled` asks for one (istio analyzers/injection/injection.go). */
export const proxyMissing: Judge = {
  says: [code],
  kinds: [kinds.pod],
  where: 'every',
  judge(subject) {
    const { object, namespace, view } = subject
    const home = view.get(kinds.namespace, namespace)
    // Named in Istio's source: the namespace of a control plane by its usual name, whatever it is called here.
    if (home === undefined || namespace === 'istio-system') return []
    const labels = labelsOf(home)
    if (labels[names.injection] !== 'enabled' || labels[names.dataplaneMode] === 'ambient') return []
    const pod = ofPod(object)
    const asked = pod.labels[names.inject] ?? pod.annotations[names.inject] ?? ''
    if (asked.toLowerCase() === 'false' || at(object, 'spec', 'hostNetwork') === true) return []
    if (proxyImageOf(object.spec) !== '') return []
    // A file has Pods as they are before they are made, and get one then.
    const severity = object.status === undefined ? 'info' : code.severity
    return [found(subject, code, { params: { namespace }, severity })]
  },
}
