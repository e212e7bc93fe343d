import { textsAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { matches } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { gatewaysByName } from '../gateways.ts'
import { replace } from '../operations.ts'
import type { MeshWorld } from '../world.ts'
import { hostsFor } from './gateway-hosts.ts'
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
const spelled: Code = {
  code: 'virtualservice.gateway-spelling',
  severity: 'info',
  istio: 'accepts',
  aliases: ['IST0101', 'IST0132', 'KIA1108'],
}
const internal: Code = {
  code: 'virtualservice.gateway-internal',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['IST0165'],
}

/** Accepted by Istio, without effect there: rules of a gateway that does not exist are attached to nothing. */
export const gatewayNotFound: Judge = {
  says: [missing, matched, spelled, internal],
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
    const unfound = named.filter(isMissing)
    return [
      ...unfound.filter((each) => meant(world, each, namespace) === undefined).map(say(missing)),
      ...unfound.flatMap((each) => oldNames(subject, each, meant(world, each, namespace))),
      ...matchedGatewaysOf(object, namespace)
        .filter((each) => isMissing(each) && meant(world, each, namespace) === undefined)
        .map(say(matched)),
      ...named.filter(isInternal).map(say(internal)),
    ]
  },
}

/** Names that Istio still reads, `./name` and `name.namespace…`, and other tools do not (pilot/pkg/model/config.go, resolveGatewayName). */
function meant(world: MeshWorld, { gateway }: NamedGateway, home: string): string | undefined {
  const [first = '', second] = gateway.split('/')
  const [name = '', namespace] = first.split('.')
  const place =
    second === undefined ? { name, namespace } : { name: second, namespace: first === '.' ? home : undefined }
  if (place.namespace === undefined || world.config.get(kinds.gateway, place.name, place.namespace) === undefined)
    return undefined
  return `${place.namespace}/${place.name}`
}

function oldNames(subject: Subject, { gateway, pointer }: NamedGateway, value: string | undefined) {
  if (value === undefined) return []
  const way = { code: 'full-gateway', params: { gateway: value } }
  const fixes = [fix(subject, way, [replace(pointer, value)])]
  return [found(subject, spelled, { pointer, params: { gateway, meant: value }, fixes })]
}

/** The Gateway of that name in the only namespace that has one. */
function fixesOf(subject: Subject, world: MeshWorld, { name, pointer }: NamedGateway) {
  const [only, ...others] = world.look(gatewaysByName, name)
  if (only === undefined || others.length > 0 || !serves(subject, only)) return []
  const value = `${only.metadata.namespace ?? 'default'}/${name}`
  return [fix(subject, { code: 'full-gateway', params: { gateway: value } }, [replace(pointer, value)])]
}

/** Whether the rule would have effect there. */
function serves({ object, namespace }: Subject, gateway: KubernetesObject): boolean {
  const served = hostsFor(gateway, gateway.metadata.namespace ?? 'default', namespace)
  return textsAt(object, 'spec', 'hosts').some((host) => served.some((each) => matches(each, host)))
}
