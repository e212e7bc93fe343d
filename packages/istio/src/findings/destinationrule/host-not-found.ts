import { textAt } from '@orbweaver/contracts/json'
import { kinds } from '../../world/kinds.ts'
import { type Code, found, type Judge } from '../finding.ts'

const code: Code = {
  code: 'destinationrule.host-not-found',
  severity: 'warning',
  istio: 'ignores',
  aliases: ['IST0174', 'KIA0202'],
}

/** Accepted by Istio, without effect: a policy for a host that nobody can reach. Wildcards may be meant for later. */
export const hostNotFound: Judge = {
  says: [code],
  kinds: [kinds.destinationRule],
  judge(subject, world) {
    if (!world.complete(kinds.service)) return []
    const { namespace } = subject
    const host = textAt(subject.object, 'spec', 'host')
    if (host === undefined || host.startsWith('*') || world.hosts.find(host, namespace) !== undefined) return []
    return [found(subject, code, { pointer: '/spec/host', params: { host, namespace } })]
  },
}
