import { kinds } from '../../world/kinds.ts'
import { type Code, found, type Judge } from '../finding.ts'
import { destinationsOf } from './destinations.ts'

const code: Code = {
  code: 'virtualservice.host-not-found',
  severity: 'error',
  istio: 'accepts',
  aliases: ['IST0101', 'KIA1101'],
}

/** Accepted by Istio, answered with 503: no cluster of that name exists in any proxy. */
export const hostNotFound: Judge = {
  says: [code],
  kinds: [kinds.virtualService],
  judge(subject, world) {
    if (!world.complete(kinds.service)) return []
    const { namespace } = subject
    return destinationsOf(subject.object)
      .filter(({ host }) => world.hosts.find(host, namespace) === undefined)
      .map(({ host, pointer }) => found(subject, code, { pointer: `${pointer}/host`, params: { host, namespace } }))
  },
}
