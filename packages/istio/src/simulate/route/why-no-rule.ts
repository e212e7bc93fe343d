import { matches } from '../../world/hosts.ts'
import type { Asking } from './asking.ts'
import type { EgressListener } from './sidecar-scope.ts'
import type { Service } from './services.ts'

type At = { egress: EgressListener; service: Service }

/** Rules that are for a host and say nothing to this client: why. */
export function whyNoRule(asking: Asking, { egress, service }: At): void {
  const { proxy, rules } = asking
  const taken = new Set(egress.rules)
  const concerned = rules.filter(({ hosts }) => hosts.some((each) => matches(each, service.host)))
  for (const rule of concerned) {
    const params = { rule: rule.name, namespace: rule.namespace, kind: rule.kind, client: proxy.namespace }
    const at = (pointer: string) => ({ ref: rule.ref, pointer })
    if (!rule.gateways.includes('mesh')) asking.say('rule-not-for-mesh', params, at('/spec/gateways'))
    else if (!rule.exportTo.includes('*') && !rule.exportTo.includes(proxy.namespace)) {
      asking.say('rule-not-exported', params, at('/spec/exportTo'))
    } else if (!taken.has(rule)) asking.say('rule-not-imported', params, at('/spec/hosts'))
    else if (rule.http.length === 0) asking.say('rule-without-http', params, at('/spec'))
    else asking.say('rule-without-route', params, at('/spec/http'))
  }
  if (concerned.length === 0) asking.say('no-rule', { host: service.host })
}
