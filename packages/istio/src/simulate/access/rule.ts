import { listAt, recordAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { step } from '../../pointer.ts'
import { type Answer, every, not, some } from './answer.ts'
import type { Facts } from './facts.ts'
import * as fields from './fields.ts'
import { withAliases, withAllDomains } from './trust-domains.ts'

/** One field of a rule: any of its values, or none of them. */
export type Condition = {
  /** As it is written: `notPaths`, `when source.ip`. */
  readonly field: string
  readonly values: readonly string[]
  readonly pointer: string
  holds(facts: Facts): Answer
}

/** One alternative of a rule's `from` or `to`, and what its `when` adds: all of it has to hold. */
export type Branch = readonly Condition[]

export type Rule = {
  readonly pointer: string
  readonly from: readonly Branch[]
  readonly to: readonly Branch[]
  /** Fields that mean nothing on such a connection; the rule holds without them. */
  readonly ignored: readonly string[]
  /** The field for which Istio leaves the whole rule out. */
  readonly dropped: string | undefined
}

export type RuleContext = {
  readonly namespace: string
  readonly layer: 'http' | 'tcp'
  /** Rules that allow are left out whole where they cannot be kept; those that deny are kept without what cannot be. */
  readonly allows: boolean
  readonly trustDomains: readonly string[]
}

type Written = { field: string; pointer: string; positive: readonly string[]; negative: readonly string[] }
type Kept = { condition: Condition } | { ignored: string } | { dropped: string }

const sources = {
  principals: fields.principals,
  requestPrincipals: fields.requestPrincipals,
  serviceAccounts: fields.serviceAccounts,
  trustDomains: fields.trustDomains,
  namespaces: fields.namespaces,
  remoteIpBlocks: fields.remoteIpBlocks,
  ipBlocks: fields.ipBlocks,
}

const operations = {
  hosts: fields.hosts,
  methods: fields.methods,
  paths: fields.paths,
  ports: fields.ports,
}

/** What Istio makes of a rule for one kind of connection (istio pilot/pkg/security/authz/model/model.go, New and Generate). */
export function readRule(rule: unknown, pointer: string, context: RuleContext): Rule {
  const kept: Kept[] = []
  const keep = (all: Kept[]): Condition[] => {
    kept.push(...all)
    return all.flatMap((each) => ('condition' in each ? [each.condition] : []))
  }
  const whens = listAt(rule, 'when').map((when, index) => readWhen(when, `${pointer}/when/${index}`, context))
  const permission = keep(whens.filter((each) => each.permits).flatMap((each) => each.kept))
  const principal = keep(whens.filter((each) => !each.permits).flatMap((each) => each.kept))
  const branches = (part: 'from' | 'to', inside: string, known: Readonly<Record<string, fields.Field>>) =>
    listAt(rule, part).map((each, index) => {
      const at = `${pointer}/${part}/${index}/${inside}`
      return keep(readFields(recordAt(each, inside), { known, at, context }))
    })
  const from = branches('from', 'source', sources)
  const to = branches('to', 'operation', operations)
  return {
    pointer,
    from: (from.length === 0 ? [[]] : from).map((each) => [...each, ...principal]),
    to: (to.length === 0 ? [[]] : to).map((each) => [...each, ...permission]),
    ignored: [...new Set(kept.flatMap((each) => ('ignored' in each ? [each.ignored] : [])))],
    dropped: kept.flatMap((each) => ('dropped' in each ? [each.dropped] : []))[0],
  }
}

/** Whether a rule is met: one alternative of each part. */
export function ruleHolds(rule: Rule, facts: Facts): Answer {
  return every([rule.to, rule.from].map((branches) => some(branches.map((each) => branchHolds(each, facts)))))
}

export function branchHolds(branch: Branch, facts: Facts): Answer {
  return every(branch.map((each) => each.holds(facts)))
}

type Reading = { known: Readonly<Record<string, fields.Field>>; at: string; context: RuleContext }

function readFields(written: unknown, { known, at, context }: Reading): Kept[] {
  return Object.entries(known).flatMap(([name, field]) => {
    const negated = `not${name.charAt(0).toUpperCase()}${name.slice(1)}`
    const aliases = (values: readonly string[]) => aliased(name, values, context)
    return [
      ...readValues(
        field,
        { field: name, pointer: at + step(name), positive: aliases(textsAt(written, name)), negative: [] },
        context,
      ),
      ...readValues(
        field,
        { field: negated, pointer: at + step(negated), positive: [], negative: aliases(textsAt(written, negated)) },
        context,
      ),
    ]
  })
}

/** Conditions on where a call goes belong to `to`, those on where it comes from and what it carries to `from`. */
function readWhen(when: unknown, pointer: string, context: RuleContext): { permits: boolean; kept: Kept[] } {
  const key = textAt(when, 'key') ?? ''
  const permits = ['destination.', 'connection.', 'experimental.'].some((each) => key.startsWith(each))
  const field = fields.conditionField(key)
  if (field === undefined) return { permits, kept: [{ dropped: `when ${key}` }] }
  const values = (name: string) => aliased(key, textsAt(when, name), context)
  const written = { field: `when ${key}`, pointer, positive: values('values'), negative: values('notValues') }
  const both = [
    { ...written, negative: [], pointer: `${pointer}/values` },
    { ...written, positive: [], pointer: `${pointer}/notValues` },
  ]
  return { permits, kept: both.flatMap((each) => readValues(field, each, context)) }
}

function aliased(name: string, values: readonly string[], { trustDomains }: RuleContext): readonly string[] {
  if (name === 'principals' || name === 'source.principal') return withAliases(values, trustDomains)
  return name === 'trustDomains' || name === 'source.trustDomain' ? withAllDomains(values, trustDomains) : values
}

function readValues(field: fields.Field, written: Written, { layer, allows, namespace }: RuleContext): Kept[] {
  const isNegative = written.negative.length > 0
  const values = isNegative ? written.negative : written.positive
  if (values.length === 0) return []
  const lost: Kept = allows ? { dropped: written.field } : { ignored: written.field }
  if (field.broken === true || (field.http && layer === 'tcp')) return [lost]
  const tests = values.map((value) => field.test(value, namespace))
  const sound = tests.filter((each) => each !== undefined)
  if (sound.length < tests.length && allows) return [lost]
  if (sound.length === 0) return [lost]
  const any = fields.anyOf(sound)
  const holds = isNegative ? (facts: Facts) => not(any(facts)) : any
  return [{ condition: { field: written.field, values, pointer: written.pointer, holds } }]
}
