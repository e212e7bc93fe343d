import { numberAt, textAt } from '@orbweaver/contracts/json'
import { areDistinct, isServed } from '../../simulate/route/gateway-api/listeners.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, found, type Judge } from '../finding.ts'
import { type Listener, listenersOf } from './parents.ts'

const docs = 'tasks/traffic-management/ingress/gateway-api/'
const hosts: Code = {
  code: 'k8sgateway.listener-taken',
  severity: 'error',
  istio: 'ignores',
  aliases: ['KIA1503'],
  docs,
}
const protocols: Code = { code: 'k8sgateway.protocol-conflict', severity: 'error', istio: 'ignores', docs }

/** Listeners that cannot stand beside one before them (istio gatewaycommon/listener_conflict.go, listenersDistinct; 1.31). */
export const listenerConflict: Judge = {
  says: [hosts, protocols],
  kinds: [kinds.kubernetesGateway],
  judge(subject, world) {
    if (!isServed(world, subject.object)) return []
    const served: Listener[] = []
    return listenersOf(subject.object).flatMap((listener) => {
      const { value, pointer } = listener
      const first = served.find((each) => !areDistinct(value, each.value))
      if (first === undefined) {
        served.push(listener)
        return []
      }
      const protocol = textAt(value, 'protocol') ?? ''
      const code = protocol === textAt(first.value, 'protocol') ? hosts : protocols
      const params = {
        listener: listener.name,
        port: numberAt(value, 'port') ?? 0,
        host: textAt(value, 'hostname') ?? '*',
        protocol,
        other: textAt(first.value, 'protocol') ?? '',
      }
      return [found(subject, code, { pointer, params })]
    })
  },
}
