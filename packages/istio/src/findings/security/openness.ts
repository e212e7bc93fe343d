import { canonicalJson, type Json } from '@orbweaver/contracts/json'
import { refOf } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { put } from '../operations.ts'
import type { MeshWorld } from '../world.ts'
import { hasIdentities, homeSource } from './home-source.ts'
import { actionOf, type Part, type Rule, rulesOf, selectorOf, targetsOf } from './policy-rules.ts'

const everyone: Code = { code: 'authorizationpolicy.allows-all', severity: 'warning', istio: 'accepts' }
const anyIdentity: Code = { code: 'authorizationpolicy.any-identity', severity: 'info', istio: 'accepts' }
const exclusions: Code = { code: 'authorizationpolicy.only-exclusions', severity: 'warning', istio: 'accepts' }
const nobody: Code = { code: 'authorizationpolicy.denies-everyone', severity: 'warning', istio: 'accepts' }

/** Rules that match more than they seem to: everything, every identity, or all but a few. */
export const openness: Judge = {
  says: [everyone, anyIdentity, exclusions, nobody],
  kinds: [kinds.authorizationPolicy],
  judge(subject, world) {
    const action = actionOf(subject.object)
    if (action === 'DENY')
      return rulesOf(subject.object)
        .filter(isEmpty)
        .map((rule) => ofDeny(subject, world, rule))
    return action === 'ALLOW' ? rulesOf(subject.object).flatMap((rule) => ofAllow(subject, world, rule)) : []
  },
}

function isEmpty({ from, to, when }: Rule): boolean {
  return from.length + to.length + when.length === 0
}

/** It asks for something, not only for something else. */
function isLimited(part: Part): boolean {
  return part.asked.some(({ values }) => values.length > 0)
}

function ofAllow(subject: Subject, world: MeshWorld, rule: Rule) {
  if (isEmpty(rule)) return [allowsAll(subject, world, rule)]
  const { from, to, when } = rule
  const isOpen = [from, to].every((parts) => parts.length === 0 || !parts.every(isLimited)) && !when.some(isLimited)
  if (isOpen) return [onlyExclusions(subject, world, rule)]
  return to.length + when.length > 0 ? [] : from.filter(isAnyone).map((part) => ofAnyIdentity(subject, world, part))
}

function allowsAll(subject: Subject, world: MeshWorld, rule: Rule) {
  const { object, namespace } = subject
  const scope = canonicalJson([selectorOf(object), targetsOf(object)])
  const others = world.config
    .list(kinds.authorizationPolicy, namespace)
    .filter((each) => each !== object && actionOf(each) === 'ALLOW' && rulesOf(each).length > 0)
    .filter((each) => canonicalJson([selectorOf(each), targetsOf(each)]) === scope)
  const isMoot = others.length > 0 || rulesOf(object).length > 1
  const home: Json | undefined = homeSource(subject, world)
  const way = { code: 'own-namespace', params: { namespace } }
  const fixes =
    home === undefined
      ? []
      : [fix(subject, way, [{ op: 'add', path: `${rule.pointer}/from`, value: [{ source: home }] }])]
  const evidence = others.map((each) => refOf(subject.cluster, each))
  return found(subject, everyone, { pointer: rule.pointer, severity: isMoot ? 'warning' : 'info', evidence, fixes })
}

function onlyExclusions(subject: Subject, world: MeshWorld, { pointer, from }: Rule) {
  const open = from.filter((part) => !isLimited(part))
  const identity: Json = ['*']
  const operations =
    from.length === 0
      ? [put(`${pointer}/from`, [{ source: { principals: identity } }])]
      : open.map((part) => put(`${part.pointer}/principals`, identity))
  const fixes = hasIdentities(subject, world) ? [fix(subject, { code: 'require-identity' }, operations)] : []
  return found(subject, exclusions, { pointer, fixes })
}

/** Every identity, and nothing else asked. */
function isAnyone(part: Part): boolean {
  const asked = part.asked
  const [only] = asked
  const isIdentity = ['principals', 'namespaces', 'trustDomains'].includes(only?.field ?? '')
  return asked.length === 1 && isIdentity && only?.values.includes('*') === true && only.excluded.length === 0
}

function ofAnyIdentity(subject: Subject, world: MeshWorld, { pointer }: Part) {
  const { namespace } = subject
  const home: Json | undefined = homeSource(subject, world)
  const way = { code: 'own-namespace', params: { namespace } }
  const fixes = home === undefined ? [] : [fix(subject, way, [{ op: 'replace', path: pointer, value: home }])]
  return found(subject, anyIdentity, { pointer, fixes })
}

function ofDeny(subject: Subject, world: MeshWorld, { pointer }: Rule) {
  const strangers: Json = [{ source: { notPrincipals: ['*'] } }]
  const operations = [put(`${pointer}/from`, strangers)]
  const fixes = hasIdentities(subject, world) ? [fix(subject, { code: 'deny-strangers' }, operations)] : []
  return found(subject, nobody, { pointer, fixes })
}
