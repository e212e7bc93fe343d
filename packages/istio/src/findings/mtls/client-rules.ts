import { at, listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { resolveHost } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { defineIndex, type Index } from '../index-of.ts'
import type { MeshWorld } from '../world.ts'

/** What a DestinationRule says of TLS to a host, and where: of all its ports, of one, of a subset. */
export type ClientTls = { mode: string; pointer: string; port?: number; subset?: string }

export function clientTlsOf(rule: KubernetesObject): ClientTls[] {
  const subsets = listAt(rule, 'spec', 'subsets').flatMap((subset, index) =>
    inPolicy(at(subset, 'trafficPolicy'), `/spec/subsets/${index}/trafficPolicy`).map((each) => ({
      ...each,
      subset: textAt(subset, 'name') ?? '',
    })),
  )
  return [...inPolicy(at(rule, 'spec', 'trafficPolicy'), '/spec/trafficPolicy'), ...subsets]
}

function inPolicy(policy: unknown, place: string): ClientTls[] {
  const whole = textAt(policy, 'tls', 'mode')
  const ports = listAt(policy, 'portLevelSettings').flatMap((each, index) => {
    const [mode, port] = [textAt(each, 'tls', 'mode'), numberAt(each, 'port', 'number')]
    if (mode === undefined || port === undefined) return []
    return [{ mode, port, pointer: `${place}/portLevelSettings/${index}/tls/mode` }]
  })
  return [...(whole === undefined ? [] : [{ mode: whole, pointer: `${place}/tls/mode` }]), ...ports]
}

/** Rules that tell clients to send something else than Istio's own mutual TLS. */
const plainRules: Index<KubernetesObject> = defineIndex({
  name: 'destination rules without mutual TLS',
  kinds: [kinds.destinationRule],
  entries: (rule) => (clientTlsOf(rule).some(({ mode }) => mode !== 'ISTIO_MUTUAL') ? [['', rule]] : []),
})

export function isPlainSomewhere(world: MeshWorld): boolean {
  return world.look(plainRules, '').length > 0
}

/** Rules that tell clients to send mutual TLS, Istio's or their own, to some port or subset of a host. */
export const mutualSomewhere: Index<KubernetesObject> = defineIndex({
  name: 'destination rules with mutual TLS somewhere',
  kinds: [kinds.destinationRule],
  entries: (rule) => (clientTlsOf(rule).some(({ mode }) => mode.endsWith('MUTUAL')) ? [['', rule]] : []),
})

/** Rules that tell clients to send Istio's mutual TLS to all of a host, by that host. */
const mutualRules: Index<KubernetesObject> = defineIndex({
  name: 'destination rules with mutual TLS',
  kinds: [kinds.destinationRule],
  entries: (rule) =>
    textAt(rule, 'spec', 'trafficPolicy', 'tls', 'mode') === 'ISTIO_MUTUAL'
      ? [[resolveHost(textAt(rule, 'spec', 'host') ?? '', namespaceOf(rule)), rule]]
      : [],
})

export function mutualRulesFor(world: MeshWorld, hosts: readonly string[]): KubernetesObject[] {
  return hosts.flatMap((host) => world.look(mutualRules, host))
}
