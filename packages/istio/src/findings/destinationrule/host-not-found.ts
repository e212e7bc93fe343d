import { textAt } from '@orbweaver/contracts/json'
import { kinds } from '../../world/kinds.ts'
import { analysedHost } from '../analysed-hosts.ts'
import { type Code, fix, found, type Judge } from '../finding.ts'
import { onlyServiceOf } from '../service-names.ts'

const missing: Code = {
  code: 'destinationrule.host-not-found',
  severity: 'warning',
  istio: 'ignores',
  aliases: ['IST0174', 'KIA0202'],
}
const invisible: Code = {
  code: 'destinationrule.host-not-visible',
  severity: 'warning',
  istio: 'ignores',
  aliases: ['KIA0202'],
}
const wider: Code = {
  code: 'destinationrule.host-not-everywhere',
  severity: 'info',
  istio: 'accepts',
  aliases: ['IST0174'],
}
const wildcard: Code = {
  code: 'destinationrule.host-wildcard',
  severity: 'info',
  istio: 'accepts',
  aliases: ['IST0174'],
}

/**
 * Accepted by Istio, without effect: a policy for a host that nobody can reach. Wildcards mean every service under them,
 * now and later; istioctl takes them for names.
 */
export const hostNotFound: Judge = {
  says: [missing, invisible, wider, wildcard],
  kinds: [kinds.destinationRule],
  judge(subject, world) {
    if (!world.complete(kinds.service) || !world.config.has(kinds.serviceEntry)) return []
    const { namespace, object } = subject
    const host = textAt(object, 'spec', 'host')
    if (host === undefined) return []
    const analysed = analysedHost(world, object, host) !== undefined
    const said = (code: Code) => [found(subject, code, { pointer: '/spec/host', params: { host, namespace } })]
    if (host.startsWith('*')) return analysed ? [] : said(wildcard)
    const reachable = world.hosts.find(host, namespace) !== undefined
    if (reachable) return analysed ? [] : said(wider)
    if (analysed) return said(invisible)
    const only = onlyServiceOf(world, host, namespace)?.host
    const ways = only === undefined ? [] : [{ code: 'full-name', params: { name: only }, value: only }]
    const fixes = ways.map((way) => fix(subject, way, [{ op: 'replace', path: '/spec/host', value: way.value }]))
    return [found(subject, missing, { pointer: '/spec/host', params: { host, namespace }, fixes })]
  },
}
