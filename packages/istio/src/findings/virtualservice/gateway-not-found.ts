import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { gatewaysByName } from '../gateways.ts'
import type { MeshWorld } from '../world.ts'
import { gatewaysOf, isInternal, matchedGatewaysOf, type NamedGateway } from './gateways.ts'

/** istioctl says of a Gateway that does not exist also that it does not have the rule's hosts. */
const missing: Code = {
  code: 'virtualservice.gateway-not-found',
  severity: 'error',
  istio: 'ignores',
  aliases: ['IST0101', 'IST0132', 'KIA1102'],
}
const matched: Code = {
  code: 'virtualservice.matched-gateway-not-found',
  severity: 'error',
  istio: 'ignores',
  aliases: ['KIA1102'],
}
const internal: Code = {
  code: 'virtualservice.gateway-internal',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['IST0165'],
}

/** Accepted by Istio, without effect there: rules of a gateway that does not exist are attached to nothing. */
export const gatewayNotFound: Judge = {
  says: [missing, matched, internal],
  kinds: [kinds.virtualService],
  judge(subject, world) {
    if (!world.config.has(kinds.gateway)) return []
    const { object, namespace } = subject
    const say = (code: Code) => (each: NamedGateway) => {
      const { pointer, gateway } = each
      const fixes = code === internal ? [] : fixesOf(subject, world, each)
      return found(subject, code, {
        pointer,
        params: { gateway, name: each.name, namespace: each.namespace },
        fixes,
      })
    }
    const isMissing = (each: NamedGateway) =>
      !isInternal(each) && world.config.get(kinds.gateway, each.name, each.namespace) === undefined
    const named = gatewaysOf(object, namespace)
    return [
      ...named.filter(isMissing).map(say(missing)),
      ...matchedGatewaysOf(object, namespace).filter(isMissing).map(say(matched)),
      ...named.filter(isInternal).map(say(internal)),
    ]
  },
}

/** The Gateway of that name in the only namespace that has one. */
function fixesOf(subject: Subject, world: MeshWorld, { name, pointer }: NamedGateway) {
  const [only, ...others] = world.look(gatewaysByName, name)
  if (only === undefined || others.length > 0) return []
  const value = `${only.metadata.namespace ?? 'default'}/${name}`
  return [fix(subject, { code: 'full-gateway', params: { gateway: value } }, [{ op: 'replace', path: pointer, value }])]
}
