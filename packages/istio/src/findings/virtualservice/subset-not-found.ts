import { refOf } from '@orbweaver/contracts/kubernetes'
import { resolveHost } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, found, type Judge } from '../finding.ts'
import { isDefined, rulesFor } from '../subsets.ts'
import { destinationsOf } from './destinations.ts'

const code: Code = {
  code: 'virtualservice.subset-not-found',
  severity: 'error',
  istio: 'accepts',
  aliases: ['IST0101', 'KIA1107'],
}

/** Accepted by Istio, answered with 503: a subset that no DestinationRule defines has no endpoints. */
export const subsetNotFound: Judge = {
  says: [code],
  kinds: [kinds.virtualService],
  judge(subject, world) {
    const { namespace } = subject
    return destinationsOf(subject.object).flatMap(({ host, subset, pointer }) => {
      const resolved = resolveHost(host, namespace, world.mesh.domain)
      if (subset === undefined || isDefined(world, { host: resolved, name: subset, namespace })) return []
      const evidence = rulesFor(world, resolved).map((rule) => refOf(world.config.cluster, rule))
      return [found(subject, code, { pointer: `${pointer}/subset`, params: { host, subset }, evidence })]
    })
  },
}
