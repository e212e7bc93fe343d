import { at, isRecord, type Json, listAt, stringsAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Labels } from '../../world/labels.ts'
import { ofLast } from '../of-last.ts'

/** One source, operation or condition of a rule, where it is, and what it asks for. */
export type Part = { pointer: string; value: Json | undefined; asked: readonly Asked[] }

/** One rule of an AuthorizationPolicy: any of its sources, any of its operations, all of its conditions. */
export type Rule = { pointer: string; from: readonly Part[]; to: readonly Part[]; when: readonly Part[] }

export const rulesOf = ofLast((policy: KubernetesObject): readonly Rule[] =>
  listAt(policy, 'spec', 'rules').map((rule, index) => {
    const pointer = `/spec/rules/${index}`
    return {
      pointer,
      from: listAt(rule, 'from').map((each, place) => partOf(`${pointer}/from/${place}/source`, at(each, 'source'))),
      to: listAt(rule, 'to').map((each, place) => partOf(`${pointer}/to/${place}/operation`, at(each, 'operation'))),
      when: listAt(rule, 'when').map((each, place) => partOf(`${pointer}/when/${place}`, each)),
    }
  }),
)

function partOf(pointer: string, value: Json | undefined): Part {
  return { pointer, value, asked: askedOf(value) }
}

export function actionOf(policy: KubernetesObject): string {
  return textAt(policy, 'spec', 'action') ?? 'ALLOW'
}

/** Labels of the workloads that a policy of the security group, or a Telemetry, is for; none for all of its namespace. */
export function selectorOf(policy: KubernetesObject): Labels {
  return stringsAt(policy, 'spec', 'selector', 'matchLabels')
}

/** Gateways and Services that a policy is attached to: its selector counts for nothing then. */
export function targetsOf(policy: KubernetesObject): Json[] {
  const one = at(policy, 'spec', 'targetRef')
  return [...(one === undefined ? [] : [one]), ...listAt(policy, 'spec', 'targetRefs')]
}

/** Fields of sources and operations; each of them has a `not…` too. */
const sourceFields = [
  'principals',
  'namespaces',
  'serviceAccounts',
  'trustDomains',
  'requestPrincipals',
  'ipBlocks',
  'remoteIpBlocks',
]
const operationFields = ['hosts', 'ports', 'methods', 'paths']
const fields = [...sourceFields, ...operationFields]

/** What is asked for of a source or operation, and what is excluded; by a condition the same. */
export type Asked = { field: string; not: string; values: string[]; excluded: string[] }

/** Each field by what it is called where it is asked for, and where it is excluded. */
const pairs = new Map(
  [...fields.map((field) => ({ field, not: notOf(field) })), { field: 'values', not: 'notValues' }].flatMap((pair) => [
    [pair.field, pair],
    [pair.not, pair],
  ]),
)

function askedOf(value: Json | undefined): Asked[] {
  if (!isRecord(value)) return []
  const named = new Set(Object.keys(value).flatMap((key) => pairs.get(key) ?? []))
  return [...named]
    .map(({ field, not }) => ({ field, not, values: textsAt(value, field), excluded: textsAt(value, not) }))
    .filter(({ values, excluded }) => values.length + excluded.length > 0)
}

function notOf(field: string): string {
  return `not${field.charAt(0).toUpperCase()}${field.slice(1)}`
}

/** A value that a rule names, and where. */
export type Named = { value: string; pointer: string; excluded: boolean }

/** The values of a field of the rules, and of the condition that means the same. */
export function namedBy(policy: KubernetesObject, field: string, key?: string): Named[] {
  const found: Named[] = []
  for (const { from, to, when } of rulesOf(policy)) {
    for (const part of from) found.push(...valuesOf(part, field))
    for (const part of to) found.push(...valuesOf(part, field))
    if (key === undefined) continue
    for (const part of when) if (textAt(part.value, 'key') === key) found.push(...valuesOf(part, 'values'))
  }
  return found
}

const none: readonly Named[] = []

function valuesOf({ pointer, asked }: Part, wanted: string): readonly Named[] {
  const of = asked.find(({ field }) => field === wanted)
  if (of === undefined) return none
  const named = (texts: readonly string[], field: string, excluded: boolean) =>
    texts.map((value, place): Named => ({ value, pointer: `${pointer}/${field}/${place}`, excluded }))
  return [...named(of.values, of.field, false), ...named(of.excluded, of.not, true)]
}

/** Whether a rule asks for what only HTTP has (istio pilot/pkg/security/authz/model/generator.go, "is HTTP only"). */
export function isHttpOnly(rule: Rule): boolean {
  const asks = (parts: readonly Part[], names: string[]) =>
    parts.some((part) => part.asked.some(({ field }) => names.includes(field)))
  return (
    asks(rule.from, ['requestPrincipals']) ||
    asks(rule.to, ['hosts', 'methods', 'paths']) ||
    rule.when.some(({ value }) => (textAt(value, 'key') ?? '').startsWith('request.'))
  )
}

/** Whether a rule asks something of the request's token. */
export function readsToken(rule: Rule): boolean {
  return (
    rule.from.some((part) => part.asked.some(({ field }) => field === 'requestPrincipals')) ||
    rule.when.some(({ value }) => (textAt(value, 'key') ?? '').startsWith('request.auth.'))
  )
}

/** Values that Go takes for true; others are enforced (istio pilot/pkg/security/authz/builder/builder.go, isDryRun). */
export function isDryRun(policy: KubernetesObject): boolean {
  return ['1', 't', 'T', 'true', 'True', 'TRUE'].includes(annotationsOf(policy)['istio.io/dry-run'] ?? '')
}
