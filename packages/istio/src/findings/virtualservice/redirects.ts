import { at, type Json, listAt, numberAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { kinds } from '../../world/kinds.ts'
import { type Code, found, type Judge } from '../finding.ts'

const code: Code = { code: 'virtualservice.redirect-to-itself', severity: 'error', istio: 'accepts' }

/** A redirect back to where the request came in: clients give up after some rounds. */
export const redirects: Judge = {
  says: [code],
  kinds: [kinds.virtualService],
  judge(subject) {
    const hosts = textsAt(subject.object, 'spec', 'hosts')
    return listAt(subject.object, 'spec', 'http').flatMap((route, index) => {
      const redirect = at(route, 'redirect')
      if (redirect === undefined || redirect === null || leads(redirect, hosts)) return []
      const matches = listAt(route, 'match')
      const uri = textAt(redirect, 'uri')
      const stays = uri === undefined || matches.length === 0 || matches.some((each) => isTaken(each, uri))
      return stays
        ? [found(subject, code, { pointer: `/spec/http/${index}/redirect`, params: { uri: uri ?? '' } })]
        : []
    })
  },
}

/** Whether it says another host, scheme or port, or a host that cannot be told from the rule's. */
function leads(redirect: Json, hosts: readonly string[]): boolean {
  const authority = textAt(redirect, 'authority')
  const elsewhere = authority !== undefined && !hosts.includes(authority)
  return (
    elsewhere ||
    ['scheme', 'derivePort'].some((each) => at(redirect, each) !== undefined) ||
    numberAt(redirect, 'port') !== undefined
  )
}

/** Whether the new path comes to the same match, as far as its path alone decides. */
function isTaken(match: Json, uri: string): boolean {
  const others = ['headers', 'withoutHeaders', 'queryParams', 'method', 'authority', 'scheme'].some(
    (each) => at(match, each) !== undefined,
  )
  if (others) return false
  const prefix = textAt(match, 'uri', 'prefix')
  if (at(match, 'uri') === undefined) return true
  return prefix === undefined ? textAt(match, 'uri', 'exact') === uri : uri.startsWith(prefix)
}
