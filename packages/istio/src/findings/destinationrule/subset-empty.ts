import { stringsAt } from '@orbweaver/contracts/json'
import { refOf } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../../world/kinds.ts'
import { analysedHost } from '../analysed-hosts.ts'
import { type Code, found, type Judge } from '../finding.ts'
import { spell } from '../pods.ts'
import { isFilled, someoneHas } from '../subset-members.ts'
import { isRouted, subsetsOf } from '../subsets.ts'

const empty: Code = {
  code: 'destinationrule.subset-empty',
  severity: 'error',
  istio: 'accepts',
  aliases: ['IST0173', 'KIA0203'],
}
const ofOthers: Code = {
  code: 'destinationrule.subset-of-others',
  severity: 'error',
  istio: 'accepts',
  aliases: ['KIA0203'],
}

/**
 * Accepted by Istio; requests routed to such a subset get 503 UH. An error where a VirtualService routes to it, else a
 * subset that is not used yet. istioctl asks only whether any Pod at all has the labels, for every host it knows.
 */
export const subsetEmpty: Judge = {
  says: [empty, ofOthers],
  kinds: [kinds.destinationRule],
  judge(subject, world) {
    if (!world.complete(kinds.pod) || !world.complete(kinds.service)) return []
    return subsetsOf(subject.object).flatMap((subset) => {
      const labels = stringsAt(subset.value, 'labels')
      const host = world.hosts.find(subset.host, subject.namespace)
      if (host === undefined || Object.keys(labels).length === 0 || isFilled(world, host, labels)) return []
      const severity = isRouted(world, subject.object, subset) ? 'error' : 'info'
      const params = { subset: subset.name, host: host.name, labels: spell(labels) }
      const evidence = host.owners.map(({ cluster, object }) => refOf(cluster, object))
      const elsewhere = someoneHas(world, labels) || analysedHost(world, subject.object, subset.host) === undefined
      return [found(subject, elsewhere ? ofOthers : empty, { severity, pointer: subset.pointer, params, evidence })]
    })
  },
}
