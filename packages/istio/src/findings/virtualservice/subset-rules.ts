import { textsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import { resolveHost } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { type Code, found, type Judge } from '../finding.ts'
import { defineIndex, type Index } from '../index-of.ts'
import { type Destination, routesOf, targetsOf } from './destinations.ts'

const elsewhere: Code = {
  code: 'virtualservice.subset-rules-elsewhere',
  severity: 'info',
  istio: 'accepts',
  aliases: ['IST0140'],
}
const beside: Code = {
  code: 'virtualservice.subset-beside-whole',
  severity: 'info',
  istio: 'accepts',
  aliases: ['IST0140'],
}

/** VirtualServices that route a host of theirs to subsets of itself, by that host as they write it and as they mean it. */
const subsetRules: Index<KubernetesObject> = defineIndex({
  name: 'virtual services that route a host to its subsets',
  kinds: [kinds.virtualService],
  entries: (object) => {
    const hosts = textsAt(object, 'spec', 'hosts')
    const namespace = namespaceOf(object)
    const routed = httpTargetsOf(object).filter(({ subset, host }) => (subset ?? '') !== '' && hosts.includes(host))
    return [...new Set(routed.map(({ host }) => host))].map((host) => [keyOf(host, namespace), object])
  },
})

/**
 * A rule of a gateway sends to a host as a whole, while another rule shares the host out among its subsets: the other one
 * is asked where requests come in first, so here all versions get them. istioctl compares the names as they are written;
 * a short name of another namespace is another service, and nothing is said of that.
 */
export const subsetRulesElsewhere: Judge = {
  says: [elsewhere, beside],
  kinds: [kinds.virtualService],
  judge(subject, world) {
    const { object, namespace } = subject
    if (textsAt(object, 'spec', 'gateways').length === 0) return []
    return httpTargetsOf(object).flatMap(({ host, subset = '', pointer }) => {
      if (subset !== '') return []
      const rules = world.look(subsetRules, keyOf(host, namespace))
      const others = rules.filter((each) => each !== object)
      const [first] = others
      const evidence = others.map((each) => refOf(subject.cluster, each))
      if (first !== undefined) {
        const params = { host, rule: `${namespaceOf(first)}/${first.metadata.name}` }
        return [found(subject, elsewhere, { pointer, params, evidence })]
      }
      return rules.length > 0 ? [found(subject, beside, { pointer, params: { host } })] : []
    })
  },
}

/** A short name means another service in another namespace. */
function keyOf(host: string, namespace: string): string {
  return `${host} ${resolveHost(host, namespace)}`
}

function httpTargetsOf(object: KubernetesObject): Destination[] {
  return routesOf(object).flatMap((each) => (each.protocol === 'http' ? targetsOf(each) : []))
}
