import { stringsAt } from '@orbweaver/contracts/json'
import { labelsOf, refOf } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../../world/kinds.ts'
import { names } from '../../world/names.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { found, type Judge } from '../finding.ts'
import { podsWith } from '../pods.ts'
import { changed } from './code.ts'
import { brings, type Step } from './step.ts'

const code = changed('gateway-left-out', 'error', 'ignores')

/**
 * Istio's Gateways on proxies that istiod made for a Gateway of the Gateway API of another namespace: from 1.31 they are left
 * out there (istio pilot/pkg/model/push_context.go, filterStrictGatewayMerging).
 */
export function gatewayMerging(step: Step): Judge {
  return {
    says: [code],
    kinds: [kinds.gateway],
    judge(subject, world) {
      const selector = stringsAt(subject.object, 'spec', 'selector')
      if (!brings(step, '1.31') || !world.complete(kinds.pod) || Object.keys(selector).length === 0) return []
      const pods = podsWith(world, selector)
      const managed = pods.filter(
        ({ pod }) =>
          labelsOf(pod)[names.gatewayManaged] === 'istio.io-gateway-controller' &&
          namespaceOf(pod) !== subject.namespace,
      )
      const [first] = managed
      if (first === undefined) return []
      const others = `${namespaceOf(first.pod)}/${labelsOf(first.pod)[names.gatewayName] ?? ''}`
      return [
        found(subject, code, {
          pointer: '/spec/selector',
          params: { gateway: others, since: '1.31', to: step.to },
          evidence: [refOf(first.cluster, first.pod)],
          ...(managed.length < pods.length && { severity: 'warning' as const }),
        }),
      ]
    },
  }
}
