import { at } from '@orbweaver/contracts/json'
import type { Fix } from '@orbweaver/contracts/plan'
import { resolveHost } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { analysedHost } from '../analysed-hosts.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { exporting } from '../exports.ts'
import { entriesByHost } from '../host-registry.ts'
import { nearestServiceOf } from '../nearest-service.ts'
import { put, replace } from '../operations.ts'
import { rulesOf } from '../subsets.ts'
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
    // Without a host it is a rule for the host of no name.
    const host = at(object, 'spec', 'host') ?? ''
    if (typeof host !== 'string') return []
    const analysed = analysedHost(world, object, host) !== undefined
    const said = (code: Code, fixes: readonly Fix[] = []) => [
      found(subject, code, { pointer: '/spec/host', params: { host, namespace }, fixes }),
    ]
    if (host.startsWith('*')) return analysed ? [] : said(wildcard)
    const reachable = world.hosts.find(host, namespace) !== undefined
    const own = fix(subject, { code: 'own-namespace', params: { namespace } }, [put('/spec/exportTo', ['.'])])
    if (reachable) return analysed ? [] : said(wider, [own])
    if (analysed) return said(invisible, exportsOf(world, host, namespace))
    const fixes = namedInFull(subject, host, world)
    return [found(subject, missing, { pointer: '/spec/host', params: { host, namespace }, fixes })]
  },
}

function namedInFull(subject: Subject, host: string, world: MeshWorld): Fix[] {
  const name = onlyServiceOf(world, host, subject.namespace)?.host
  if (name === undefined) return bySpelling(subject, host, world)
  return [fix(subject, { code: 'full-name', params: { name } }, [replace('/spec/host', name)])]
}

/** The one service of the rule's namespace whose name is almost the same, where no other rule is for it. */
function bySpelling(subject: Subject, host: string, world: MeshWorld): Fix[] {
  const near = nearestServiceOf(world, host, subject.namespace)
  if (near === undefined || rulesOf(world, near.host).length > 0) return []
  return [fix(subject, { code: 'near-name', params: { name: near.written } }, [replace('/spec/host', near.written)])]
}

/** The only ServiceEntry of that name is exported to the rule's namespace too. */
function exportsOf(world: MeshWorld, host: string, namespace: string): Fix[] {
  const [owner, ...others] = world.look(entriesByHost, resolveHost(host, namespace, world.mesh.domain))
  return owner === undefined || others.length > 0 ? [] : [exporting(owner.cluster, owner.object, namespace)]
}
