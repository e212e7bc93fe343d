import { type Json, textAt, textsAt } from '@orbweaver/contracts/json'
import type { Finding } from '@orbweaver/contracts/plan'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { remove, replace } from '../operations.ts'
import { coversPattern, overlap } from './patterns.ts'
import { type Part, type Rule, rulesOf } from './policy-rules.ts'
import { identityOf } from './principals.ts'

const itself: Code = { code: 'authorizationpolicy.excludes-itself', severity: 'warning', istio: 'accepts' }
const disjoint: Code = { code: 'authorizationpolicy.conditions-disjoint', severity: 'warning', istio: 'accepts' }

/** Parts of rules that nothing can match: all must hold at once, and they contradict each other. */
export const contradictions: Judge = {
  says: [itself, disjoint],
  kinds: [kinds.authorizationPolicy],
  judge: (subject) =>
    rulesOf(subject.object).flatMap((rule) => [
      ...[...rule.from, ...rule.to, ...rule.when].flatMap((part) => ofPart(subject, part)),
      ...ofIdentities(subject, rule),
      ...ofConditions(subject, rule),
    ]),
}

/** Everything that is asked for is excluded again. */
function ofPart(subject: Subject, part: Part): Finding[] {
  return part.asked
    .filter(({ values, excluded }) => values.length > 0 && values.every((each) => isExcluded(excluded, each)))
    .map(({ field, not, values }) => {
      const pointer = `${part.pointer}/${not}`
      const way = fix(subject, { code: 'drop-exclusion', params: { field: not } }, [{ op: 'remove', path: pointer }])
      return found(subject, itself, { pointer, params: { field, not, values: values.join(', ') }, fixes: [way] })
    })
}

function isExcluded(excluded: readonly string[], value: string): boolean {
  return excluded.some((each) => coversPattern(each, value))
}

/** A source whose principals are of other namespaces than it names. */
function ofIdentities(subject: Subject, { from }: Rule): Finding[] {
  return from.flatMap((part) => {
    const asked = textsAt(part.value, 'namespaces')
    const identities = textsAt(part.value, 'principals').map(identityOf)
    const namespaces = [...new Set(identities.flatMap((each) => (each === undefined ? [] : [each.namespace])))]
    const isKnown = asked.length > 0 && identities.length > 0 && identities.every((each) => each !== undefined)
    if (!isKnown || asked.some((each) => namespaces.some((other) => overlap(each, other)))) return []
    const pointer = `${part.pointer}/namespaces`
    const params = { key: 'source.namespace', values: asked.join(', '), others: namespaces.join(', ') }
    const value: Json = namespaces
    const way = { code: 'namespaces-of-principals', params: { namespaces: namespaces.join(', ') } }
    return [
      found(subject, disjoint, {
        pointer,
        params,
        fixes: [fix(subject, way, [{ op: 'replace', path: pointer, value }])],
      }),
    ]
  })
}

/** Keys of which a request has several values at once, and ranges, which do not show by their text. */
const many = ['request.auth.audiences', 'request.auth.presenter', 'source.ip', 'remote.ip', 'destination.ip']

function ofConditions(subject: Subject, { when }: Rule): Finding[] {
  return when.flatMap((part, index) => {
    const key = textAt(part.value, 'key') ?? ''
    const values = textsAt(part.value, 'values')
    if (values.length === 0 || many.includes(key) || /^(request\.auth\.claims|experimental\.)/.test(key)) return []
    const other = when.slice(0, index).find((each) => textAt(each.value, 'key') === key && isApart(each, values))
    if (other === undefined) return []
    const others = textsAt(other.value, 'values')
    const params = { key, values: values.join(', '), others: others.join(', ') }
    const isPlain = [part, other].every((each) => textsAt(each.value, 'notValues').length === 0)
    const joined: Json = [...others, ...values]
    const operations = [replace(`${other.pointer}/values`, joined), remove(part.pointer)]
    const fixes = isPlain ? [fix(subject, { code: 'either', params: { key } }, operations)] : []
    return [found(subject, disjoint, { pointer: `${part.pointer}/values`, params, fixes })]
  })
}

function isApart({ value }: Part, values: readonly string[]): boolean {
  const others = textsAt(value, 'values')
  return others.length > 0 && !others.some((one) => values.some((other) => overlap(one, other)))
}
