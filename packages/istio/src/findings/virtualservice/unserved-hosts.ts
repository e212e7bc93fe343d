import { textsAt } from '@orbweaver/contracts/json'
import { refOf } from '@orbweaver/contracts/kubernetes'
import { matches, resolveHost } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge } from '../finding.ts'
import { put } from '../operations.ts'
import { gatewaysOf, isForMesh } from './gateways.ts'
import { hostsFor } from './host-not-in-gateway.ts'
import { placeForHost } from './server-routes.ts'

const code: Code = { code: 'virtualservice.host-unserved', severity: 'warning', istio: 'ignores' }

/** One of a rule's hosts that none of its Gateways takes, beside others that they do. */
export const unservedHosts: Judge = {
  says: [code],
  kinds: [kinds.virtualService],
  judge(subject, world) {
    const { object, namespace, cluster } = subject
    const named = gatewaysOf(object, namespace)
    const [only, ...others] = named.flatMap((each) => world.config.get(kinds.gateway, each.name, each.namespace) ?? [])
    if (isForMesh(object) || only === undefined || others.length + 1 < named.length) return []
    const gateways = [only, ...others]
    const served = gateways.map((each) => hostsFor(each, each.metadata.namespace ?? namespace, namespace))
    const hosts = textsAt(object, 'spec', 'hosts')
    const isServed = (host: string) =>
      served.some((each) => each.some((one) => matches(one, resolveHost(host, namespace))))
    if (!hosts.some(isServed)) return []
    return hosts.flatMap((host, index) => {
      if (isServed(host)) return []
      const value = `${namespace}/${resolveHost(host, namespace)}`
      const path = others.length === 0 ? placeForHost(only, object) : undefined
      const way = { code: 'serve-host', params: { host: value } }
      const fixes = path === undefined ? [] : [fix({ cluster, object: only }, way, [put(path, value)])]
      const evidence = gateways.map((each) => refOf(cluster, each))
      return [found(subject, code, { pointer: `/spec/hosts/${index}`, params: { host }, evidence, fixes })]
    })
  },
}
