import { type Json, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../../world/kinds.ts'
import { isProtocolName } from '../port-protocols.ts'
import { templateLabels } from '../carriers.ts'
import { type Code, fixByCreating, found, type Judge, type Subject } from '../finding.ts'
import { containerPorts } from '../served-ports.ts'
import { isHeadless } from '../service/ports.ts'

const missing: Code = { code: 'workload.service-not-found', severity: 'warning', istio: 'accepts' }
const balanced: Code = { code: 'workload.service-not-headless', severity: 'info', istio: 'accepts' }

/** A StatefulSet's Pods have names by the headless service it names, and Istio knows the Pods by that service. */
export const statefulSets: Judge = {
  says: [missing, balanced],
  kinds: [kinds.statefulSet],
  where: 'every',
  judge(subject) {
    const { object, namespace, view, cluster } = subject
    const name = textAt(object, 'spec', 'serviceName') ?? ''
    if (name === '' || !view.has(kinds.service)) return []
    const service = view.get(kinds.service, name, namespace)
    const at = { pointer: '/spec/serviceName', params: { service: name } }
    if (service === undefined) return [found(subject, missing, { ...at, fixes: headless(subject, name) })]
    return isHeadless(service) ? [] : [found(subject, balanced, { ...at, evidence: [refOf(cluster, service)] })]
  },
}

function headless({ cluster, object, namespace }: Subject, name: string) {
  const labels = templateLabels(object)
  const declared = containerPorts(object).filter(({ number, protocol }) => number > 0 && protocol === 'TCP')
  if (Object.keys(labels).length === 0 || declared.length === 0) return []
  const ports: Json = declared.map(({ name: called, number }) => ({
    name: isProtocolName(called) ? called : `tcp-${number}`,
    port: number,
    targetPort: number,
  }))
  const service: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: { clusterIP: 'None', selector: { ...labels }, ports },
  }
  return [fixByCreating(cluster, { code: 'headless-service', params: { service: name } }, service)]
}
