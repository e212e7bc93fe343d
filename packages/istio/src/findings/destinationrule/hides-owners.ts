import { at, isRecord, type Json, recordAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { Fix } from '@orbweaver/contracts/plan'
import { byAge, resolveHost } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { isExported } from '../exports.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { put } from '../operations.ts'
import { rulesOf, subsetsOf } from '../subsets.ts'

const code: Code = { code: 'destinationrule.hides-owners', severity: 'warning', istio: 'accepts' }

/**
 * Clients of a namespace take its own rule for a host and nothing of the rule that the host's owner wrote
 * (istio pilot/pkg/model/push_context.go, destinationRule): subsets and settings that are missing here are gone for them.
 */
export const hidesOwners: Judge = {
  says: [code],
  kinds: [kinds.destinationRule],
  judge(subject, world) {
    const { object, namespace } = subject
    const host = textAt(object, 'spec', 'host') ?? ''
    if (host.startsWith('*') || namespace === world.mesh.rootNamespace || selects(object)) return []
    const owner = world.hosts.find(host, namespace)
    if (owner === undefined || owner.namespace === namespace) return []
    const rules = rulesOf(world, resolveHost(host, namespace, world.mesh.domain))
    const owners = rules.filter(
      (each) =>
        namespaceOf(each) === owner.namespace &&
        !selects(each) &&
        isExported(each, namespace, world.mesh.exportTo.destinationRule),
    )
    const [rule] = owners.toSorted(byAge)
    if (rule === undefined) return []
    const own = rules.filter((each) => namespaceOf(each) === namespace)
    const missing = lacking(own, rule)
    if (missing.subsets.length + missing.settings.length === 0) return []
    const names = [
      ...missing.subsets.map((each) => textAt(each, 'name') ?? ''),
      ...missing.settings.map(([key]) => key),
    ]
    const params = { host, namespace, rule: `${owner.namespace}/${rule.metadata.name}`, missing: names.join(', ') }
    const evidence = owners.map((each) => refOf(subject.cluster, each))
    return [found(subject, code, { pointer: '/spec/host', params, evidence, fixes: [takeOver(subject, missing)] })]
  },
}

type Missing = { subsets: readonly Json[]; settings: readonly (readonly [string, Json])[] }

/** What the owner's rule has and none of the namespace's own. */
function lacking(own: readonly KubernetesObject[], rule: KubernetesObject): Missing {
  const names = new Set(own.flatMap((each) => subsetsOf(each).map(({ name }) => name)))
  const said = new Set(own.flatMap((each) => Object.keys(recordAt(each, 'spec', 'trafficPolicy'))))
  const settings = Object.entries(recordAt(rule, 'spec', 'trafficPolicy')).flatMap(([key, value]): [string, Json][] =>
    value === undefined || said.has(key) ? [] : [[key, value]],
  )
  return { subsets: subsetsOf(rule).flatMap(({ name, value }) => (names.has(name) ? [] : [value])), settings }
}

function takeOver(subject: Subject, { subsets, settings }: Missing): Fix {
  const { object } = subject
  const policy = isRecord(at(object, 'spec', 'trafficPolicy'))
    ? settings.map(([key, value]) => put(`/spec/trafficPolicy/${key}`, value))
    : [put('/spec/trafficPolicy', Object.fromEntries(settings))]
  const listed = Array.isArray(at(object, 'spec', 'subsets'))
    ? subsets.map((each) => put('/spec/subsets/-', each))
    : [put('/spec/subsets', [...subsets])]
  return fix(subject, { code: 'take-over' }, [
    ...(settings.length === 0 ? [] : policy),
    ...(subsets.length === 0 ? [] : listed),
  ])
}

function selects(rule: KubernetesObject): boolean {
  return at(rule, 'spec', 'workloadSelector') !== undefined
}
