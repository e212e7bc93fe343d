import { textAt } from '@orbweaver/contracts/json'
import type { Fix } from '@orbweaver/contracts/plan'
import { resolveHost } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { analysedHost } from '../analysed-hosts.ts'
import { type Code, fix, found, type Judge } from '../finding.ts'
import { exporting } from '../exports.ts'
import { entriesByHost } from '../host-registry.ts'
import { put } from '../operations.ts'
import { onlyServiceOf } from '../service-names.ts'
import type { MeshWorld } from '../world.ts'

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
    const said = (code: Code, fixes: readonly Fix[] = []) => [
      found(subject, code, { pointer: '/spec/host', params: { host, namespace }, fixes }),
    ]
    if (host.startsWith('*')) return analysed ? [] : said(wildcard)
    const reachable = world.hosts.find(host, namespace) !== undefined
    const own = fix(subject, { code: 'own-namespace', params: { namespace } }, [put('/spec/exportTo', ['.'])])
    if (reachable) return analysed ? [] : said(wider, [own])
    if (analysed) return said(invisible, exportsOf(world, host, namespace))
    const only = onlyServiceOf(world, host, namespace)?.host
    const ways = only === undefined ? [] : [{ code: 'full-name', params: { name: only }, value: only }]
    const fixes = ways.map((way) => fix(subject, way, [{ op: 'replace', path: '/spec/host', value: way.value }]))
    return [found(subject, missing, { pointer: '/spec/host', params: { host, namespace }, fixes })]
  },
}

/** The only ServiceEntry of that name is exported to the rule's namespace too. */
function exportsOf(world: MeshWorld, host: string, namespace: string): Fix[] {
  const [owner, ...others] = world.look(entriesByHost, resolveHost(host, namespace, world.mesh.domain))
  return owner === undefined || others.length > 0 ? [] : [exporting(owner.cluster, owner.object, namespace)]
}
