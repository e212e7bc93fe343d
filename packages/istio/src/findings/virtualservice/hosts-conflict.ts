import { textsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { byAge, resolveHost } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { isForMesh } from './gateways.ts'
import { saidAbout, saidOf } from '../host-patterns.ts'
import type { MeshWorld } from '../world.ts'
import { type MeshHost, meshHostsOf, openMeshHosts, scopedMeshHosts } from './mesh-hosts.ts'

const conflict: Code = {
  code: 'virtualservice.hosts-conflict',
  severity: 'error',
  istio: 'ignores',
  aliases: ['IST0109', 'KIA1106'],
}
const overlap: Code = {
  code: 'virtualservice.hosts-overlap',
  severity: 'info',
  istio: 'accepts',
  aliases: ['IST0109'],
}

const twice: Code = {
  code: 'virtualservice.host-twice',
  severity: 'rejected',
  istio: 'rejects',
  aliases: ['IST0109'],
}

/**
 * Several VirtualServices rule one host in the same sidecars. Of those for the very same host the oldest is taken, the
 * others are without effect there. Of those for a host and for a wildcard over it the narrower one is, as it may be meant;
 * istioctl speaks of both, of the second only where one of them is exported to some namespaces alone.
 */
export const hostsConflict: Judge = {
  says: [conflict, overlap, twice],
  kinds: [kinds.virtualService],
  judge(subject, world) {
    const { object } = subject
    const claims = meshHostsOf(object).map((each) => ({ host: each.host, others: rivals(world, each) }))
    const same = claims.flatMap(({ host, others }) => others.filter((each) => each.host === host))
    const said = (code: Code, others: readonly MeshHost[]) => {
      const rules = [...new Set(others.map((each) => each.object))].toSorted(byAge)
      const [first] = rules
      if (first === undefined) return []
      const severity = code === conflict && byAge(object, first) < 0 ? 'warning' : code.severity
      const hosts = [...new Set(others.map(({ host }) => host))].join(', ')
      const params = { hosts, other: nameOf(first), count: rules.length }
      const evidence = rules.map((each) => refOf(subject.cluster, each))
      return [found(subject, code, { pointer: '/spec/hosts', params, evidence, severity })]
    }
    if (same.length > 0) return said(conflict, same)
    const others = claims.flatMap((each) => each.others)
    return others.length > 0 ? said(overlap, others) : againstItself(subject)
  },
}

/** One that names a host twice is, to istioctl, a conflict with itself; istiod refuses it. */
function againstItself(subject: Subject): Finding[] {
  const { object, namespace } = subject
  if (!isForMesh(object)) return []
  const hosts = textsAt(object, 'spec', 'hosts').map((each) => resolveHost(each, namespace))
  const index = hosts.findIndex((each, at) => hosts.indexOf(each) < at)
  if (index < 0) return []
  const pointer = `/spec/hosts/${index}`
  const fixes = [fix(subject, { code: 'once' }, [{ op: 'remove', path: pointer }])]
  return [found(subject, twice, { pointer, params: { host: hosts[index] ?? '' }, fixes })]
}

/** Those that istioctl compares: of the same scope exactly, of different ones by whether one host covers the other. */
function rivals(world: MeshWorld, { host, scope, object }: MeshHost): MeshHost[] {
  const near =
    scope === '*'
      ? [...saidOf(world, openMeshHosts, host), ...saidAbout(world, scopedMeshHosts, host)]
      : [
          ...saidOf(world, scopedMeshHosts, host).filter((each) => each.scope === scope),
          ...saidAbout(world, openMeshHosts, host),
        ]
  return near.filter((each) => each.object !== object)
}

function nameOf({ metadata }: KubernetesObject): string {
  return `${metadata.namespace ?? 'default'}/${metadata.name}`
}
