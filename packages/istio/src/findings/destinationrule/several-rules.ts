import { at, type Json, recordAt, sameJson, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { byAge, exportToOf, resolveHost } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { replace } from '../operations.ts'
import { rulesOf, subsetsOf } from '../subsets.ts'
import type { MeshWorld } from '../world.ts'

const policyDropped: Code = {
  code: 'destinationrule.policy-dropped',
  severity: 'warning',
  istio: 'ignores',
  aliases: ['KIA0201'],
}
const subsetDropped: Code = { ...policyDropped, code: 'destinationrule.subset-dropped' }

/**
 * Rules of one namespace for one host are put together, the oldest first: of policies for the whole host the first one is
 * kept, of subsets of one name too (istio pilot/pkg/model/destination_rule.go, mergeDestinationRule). Rules that select
 * other workloads, or are not exported to all that the older one is, are apart.
 */
export const severalRules: Judge = {
  says: [policyDropped, subsetDropped],
  kinds: [kinds.destinationRule],
  judge(subject, world) {
    const { object, namespace } = subject
    const host = resolveHost(textAt(object, 'spec', 'host') ?? '', namespace)
    const older = rulesOf(world, host)
      .filter((each) => byAge(each, object) < 0 && areTogether(world, each, object))
      .toSorted(byAge)
    return older.length === 0 ? [] : [...policyOf(subject, host, older), ...subsetsAmong(subject, host, older)]
  },
}

function policyOf(subject: Subject, host: string, older: readonly KubernetesObject[]): Finding[] {
  const first = older.find(hasPolicy)
  if (first === undefined || !hasPolicy(subject.object)) return []
  const params = { host, rule: first.metadata.name }
  return [
    found(subject, policyDropped, {
      pointer: '/spec/trafficPolicy',
      params,
      evidence: [refOf(subject.cluster, first)],
    }),
  ]
}

function hasPolicy(rule: KubernetesObject): boolean {
  return at(rule, 'spec', 'trafficPolicy') !== undefined
}

function subsetsAmong(subject: Subject, host: string, older: readonly KubernetesObject[]): Finding[] {
  const taken = new Set([...older, subject.object].flatMap((each) => subsetsOf(each).map(({ name }) => name)))
  return subsetsOf(subject.object).flatMap(({ name, pointer }) => {
    const first = older.find((each) => subsetsOf(each).some((one) => one.name === name))
    if (first === undefined) return []
    const other = `${name}-2`
    const way = { code: 'rename', params: { name: other } }
    const fixes = taken.has(other) ? [] : [fix(subject, way, [replace(`${pointer}/name`, other)])]
    const params = { host, subset: name, rule: first.metadata.name }
    return [found(subject, subsetDropped, { pointer, params, fixes, evidence: [refOf(subject.cluster, first)] })]
  })
}

function areTogether(world: MeshWorld, older: KubernetesObject, younger: KubernetesObject): boolean {
  const seen = scopesOf(world, younger)
  return (
    namespaceOf(older) === namespaceOf(younger) &&
    sameJson(selectorOf(older), selectorOf(younger)) &&
    [...scopesOf(world, older)].every((each) => seen.has(each))
  )
}

/** A selector without labels selects all, and is not the same as none. */
function selectorOf(rule: KubernetesObject): Json {
  const isThere = at(rule, 'spec', 'workloadSelector') !== undefined
  return isThere ? recordAt(rule, 'spec', 'workloadSelector', 'matchLabels') : null
}

function scopesOf(world: MeshWorld, rule: KubernetesObject): Set<string> {
  const { destinationRule } = world.mesh.exportTo
  const said = [exportToOf(rule), destinationRule, ['*']].find((each) => each.length > 0) ?? []
  return new Set(said.map((each) => (each === '.' ? namespaceOf(rule) : each)))
}
