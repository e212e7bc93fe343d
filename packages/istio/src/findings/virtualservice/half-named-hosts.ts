import { textsAt } from '@orbweaver/contracts/json'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge } from '../finding.ts'
import { saidAbout } from '../host-patterns.ts'
import { replace } from '../operations.ts'
import { onlyServiceOf } from '../service-names.ts'
import { isForMesh } from './gateways.ts'
import { openMeshHosts, scopedMeshHosts } from './mesh-hosts.ts'

const code: Code = { code: 'virtualservice.host-half-named', severity: 'warning', istio: 'accepts' }

/**
 * `reviews.shop` is no service's name to Istio: names with dots are taken as they are (pkg/config/model.go,
 * ResolveShortnameToFQDN), and the rule is for none of the ways in which clients call `reviews.shop.svc.cluster.local`.
 */
export const halfNamedHosts: Judge = {
  says: [code],
  kinds: [kinds.virtualService],
  judge(subject, world) {
    const { object, namespace } = subject
    if (!isForMesh(object) || !world.complete(kinds.service)) return []
    return textsAt(object, 'spec', 'hosts').flatMap((host, index) => {
      const isHalf = host.includes('.') && !host.startsWith('*') && world.hosts.find(host, namespace) === undefined
      const meant = isHalf ? onlyServiceOf(world, host, namespace)?.host : undefined
      if (meant === undefined || !`${meant}.`.startsWith(`${host}.`)) return []
      const isTaken = [openMeshHosts, scopedMeshHosts].some((each) => saidAbout(world, each, meant).length > 0)
      const pointer = `/spec/hosts/${index}`
      const fixes = isTaken
        ? []
        : [fix(subject, { code: 'full-name', params: { name: meant } }, [replace(pointer, meant)])]
      return [found(subject, code, { pointer, params: { host, name: meant }, fixes })]
    })
  },
}
