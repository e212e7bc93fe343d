import { at, isRecord, textAt } from '@orbweaver/contracts/json'
import { isServed } from '../../simulate/route/gateway-api/listeners.ts'
import { kindIn } from '../../simulate/route/gateway-api/references.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, found, type Judge } from '../finding.ts'

const code: Code = {
  code: 'k8sgateway.parameters-kind',
  severity: 'error',
  istio: 'ignores',
  docs: 'tasks/traffic-management/ingress/gateway-api/',
}

/**
 * Parameters of a Gateway's proxies that are in no ConfigMap (istio pilot/pkg/config/kube/gateway/gateway_collection.go,
 * validateParametersRef; 1.31). Whether the ConfigMap exists is not judged: of those only Istio's own are looked at.
 */
export const gatewayParameters: Judge = {
  says: [code],
  kinds: [kinds.kubernetesGateway],
  judge(subject, world) {
    const reference = at(subject.object, 'spec', 'infrastructure', 'parametersRef')
    if (!isRecord(reference) || !isServed(world, subject.object)) return []
    const kind = kindIn(reference, { group: '', kind: '' })
    if (kind === kinds.configMap) return []
    const params = { kind, name: textAt(reference, 'name') ?? '' }
    return [found(subject, code, { pointer: '/spec/infrastructure/parametersRef', params })]
  },
}
