import { textsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { byAge, resolveHost } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { isForMesh } from './gateways.ts'
import { saidAbout, saidOf } from '../host-patterns.ts'
import { type MeshWorld, type NameFact, nameFact } from '../world.ts'
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

/** Rules that are named as evidence: the oldest, as there may be thousands for one host. */
const mostEvidence = 20

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
    const { same, all } = rivalsOf(world, meshHostsOf(object))
    const said = (code: Code, rivals: Rivals) => {
      const { first, count } = besides(rivals, object)
      if (first === undefined) return []
      const severity = code === conflict && byAge(object, first) < 0 ? 'warning' : code.severity
      const params = { hosts: hostsBesides(rivals, object).join(', '), other: nameOf(first), count }
      const oldest = rivals.rules.slice(0, mostEvidence + 1).filter((each) => each !== object)
      const evidence = oldest.slice(0, mostEvidence).map((each) => refOf(subject.cluster, each))
      return [found(subject, code, { pointer: '/spec/hosts', params, evidence, severity })]
    }
    if (besides(same, object).count > 0) return said(conflict, same)
    return besides(all, object).count > 0 ? said(overlap, all) : againstItself(subject)
  },
}

/** Rules for some claims, oldest first, and by the hosts that they claim; whoever asks is among them. */
type Rivals = {
  readonly rules: readonly KubernetesObject[]
  readonly byHost: ReadonlyMap<string, ReadonlySet<KubernetesObject>>
  readonly members: ReadonlySet<KubernetesObject>
}

/** The oldest of the others, and how many these are: without looking at each of them. */
function besides({ rules, members }: Rivals, object: KubernetesObject) {
  const first = rules[0] === object ? rules[1] : rules[0]
  return { first, count: members.size - (members.has(object) ? 1 : 0) }
}

function hostsBesides({ byHost }: Rivals, object: KubernetesObject): string[] {
  return [...byHost].filter(([, claiming]) => claiming.size > (claiming.has(object) ? 1 : 0)).map(([host]) => host)
}

type Claim = Pick<MeshHost, 'host' | 'scope'>
type Found = { readonly same: Rivals; readonly all: Rivals }

/**
 * Rules that claim the same share what there is to say of their rivals: it is worked out once for all of them. Where few
 * claim, that is as soon done as kept.
 */
const sharedRivals: NameFact<Found> = nameFact('rivals for mesh hosts', (world, claims) => {
  const parts = claims.split('\n').map((each) => each.split(' '))
  return foundFor(parts.map(([host = '', scope = '']) => ({ host, ...near(world, { host, scope }) })))
})
const few = 8

function rivalsOf(world: MeshWorld, claims: readonly MeshHost[]): Found {
  const parts = claims.map((claim) => ({ host: claim.host, ...near(world, claim) }))
  const size = parts.reduce((sum, { own, others }) => sum + own.length + others.length, 0)
  if (size <= few) return foundFor(parts)
  return world.knownOf(sharedRivals, claims.map(({ host, scope }) => `${host} ${scope}`).join('\n'), '')
}

type Near = { own: readonly MeshHost[]; others: readonly MeshHost[]; scope: string }

function foundFor(parts: readonly ({ host: string } & Near)[]): Found {
  const all = parts.flatMap(({ host, own, others, scope }) => {
    const claiming = scope === '*' ? own : own.filter((each) => each.scope === scope)
    return [...claiming, ...others].map((each) => ({ each, isSame: each.host === host }))
  })
  const same = all.filter(({ isSame }) => isSame)
  return { same: grouped(same.map(({ each }) => each)), all: grouped(all.map(({ each }) => each)) }
}

function grouped(claims: readonly MeshHost[]): Rivals {
  const byHost = new Map<string, Set<KubernetesObject>>()
  for (const { host, object } of claims) byHost.set(host, (byHost.get(host) ?? new Set()).add(object))
  const members = new Set(claims.map(({ object }) => object))
  return { rules: [...members].toSorted(byAge), byHost, members }
}

/** Those that istioctl compares: of the same scope exactly, of different ones by whether one host covers the other. */
function near(world: MeshWorld, { host, scope }: Claim): Near {
  if (scope === '*')
    return { own: saidOf(world, openMeshHosts, host), others: saidAbout(world, scopedMeshHosts, host), scope }
  return { own: saidOf(world, scopedMeshHosts, host), others: saidAbout(world, openMeshHosts, host), scope }
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

function nameOf({ metadata }: KubernetesObject): string {
  return `${metadata.namespace ?? 'default'}/${metadata.name}`
}
