import { textsAt } from '@orbweaver/contracts/json'
import { refOf } from '@orbweaver/contracts/kubernetes'
import { matches, resolveHost } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, found, type Judge } from '../finding.ts'
import { gatewaysOf, isForMesh } from './gateways.ts'
import { hostsFor } from './gateway-hosts.ts'
import { serveHosts } from './serve-host.ts'

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
      const wanted = { gateway: only, hosts: [resolveHost(host, namespace)] }
      const fixes = others.length === 0 ? serveHosts(subject, world, wanted) : []
      const evidence = gateways.map((each) => refOf(cluster, each))
      return [found(subject, code, { pointer: `/spec/hosts/${index}`, params: { host }, evidence, fixes })]
    })
  },
}
