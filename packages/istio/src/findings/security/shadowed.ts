import { textAt } from '@orbweaver/contracts/json'
import { refOf } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../../world/kinds.ts'
import type { Labels } from '../../world/labels.ts'
import { type Code, found, type Judge } from '../finding.ts'
import { coversPattern } from './patterns.ts'
import { actionOf, type Asked, isDryRun, type Part, type Rule, rulesOf, selectorOf, targetsOf } from './policy-rules.ts'

const code: Code = { code: 'authorizationpolicy.shadowed', severity: 'warning', istio: 'accepts' }

/** ALLOW rules of which a DENY stops everything: Istio asks DENY first (istio.io, Authorization, implicit enablement). */
export const shadowed: Judge = {
  says: [code],
  kinds: [kinds.authorizationPolicy],
  judge(subject, world) {
    const { object, namespace } = subject
    if (actionOf(object) !== 'ALLOW' || targetsOf(object).length > 0) return []
    const denying = [...new Set([namespace, world.mesh.rootNamespace])]
      .flatMap((each) => world.config.list(kinds.authorizationPolicy, each))
      .filter((each) => actionOf(each) === 'DENY' && targetsOf(each).length === 0 && !isDryRun(each))
      .filter((each) => isWithin(selectorOf(each), selectorOf(object)))
    if (denying.length === 0) return []
    return rulesOf(object).flatMap((rule) => {
      const denial = denying.find((each) => rulesOf(each).some((other) => coversRule(other, rule)))
      if (denial === undefined) return []
      const params = { policy: denial.metadata.name, namespace: denial.metadata.namespace ?? '' }
      return [found(subject, code, { pointer: rule.pointer, params, evidence: [refOf(subject.cluster, denial)] })]
    })
  },
}

function isWithin(few: Labels, many: Labels): boolean {
  return Object.entries(few).every(([key, value]) => many[key] === value)
}

/** Whether all that a rule matches another one matches too. */
function coversRule(wide: Rule, narrow: Rule): boolean {
  return (
    coversParts(wide.from, narrow.from) &&
    coversParts(wide.to, narrow.to) &&
    wide.when.every((part) => narrow.when.some((each) => sameKey(part, each) && coversPart(part, each)))
  )
}

function sameKey(one: Part, other: Part): boolean {
  return textAt(one.value, 'key') === textAt(other.value, 'key')
}

function coversParts(wide: readonly Part[], narrow: readonly Part[]): boolean {
  if (wide.length === 0) return true
  return narrow.length > 0 && narrow.every((part) => wide.some((each) => coversPart(each, part)))
}

/** Every field that the wide one asks for the narrow one asks for too, and for no more. */
function coversPart(wide: Part, narrow: Part): boolean {
  const asked = narrow.asked
  return wide.asked.every((want) => {
    const has = asked.find(({ field }) => field === want.field)
    return has !== undefined && coversValues(want, has) && exempts(want, has)
  })
}

function coversValues(want: Asked, has: Asked): boolean {
  if (want.values.length === 0) return true
  return has.values.length > 0 && has.values.every((each) => want.values.some((other) => coversPattern(other, each)))
}

/** What the wide one leaves out the narrow one does not have either. */
function exempts(want: Asked, has: Asked): boolean {
  return want.excluded.every((each) => has.excluded.some((other) => coversPattern(other, each)))
}
