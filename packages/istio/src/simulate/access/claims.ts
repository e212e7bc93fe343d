import type { Claims } from '@orbweaver/contracts/explain-access'
import { at, isRecord, type Json } from '@orbweaver/contracts/json'
import { endsWith, type Pattern, startsWith } from './patterns.ts'

/** Whether a claim is, or is a list that has, a text like this; other types of values never are (Envoy's ValueMatcher). */
export function claimMeets(claims: Claims | null, path: readonly string[], pattern: Pattern): boolean {
  const value = claimAt(claims, path)
  if (Array.isArray(value)) return value.some((each) => typeof each === 'string' && pattern(each))
  return typeof value === 'string' && pattern(value)
}

function claimAt(claims: Claims | null, path: readonly string[]): Json | undefined {
  return claims === null ? undefined : at(claims, ...path)
}

/** `issuer/subject`, each with a star perhaps (istio pilot/pkg/security/authz/model/generator.go, requestPrincipalGenerator). */
export function requestPrincipalMeets(value: string): (claims: Claims | null) => boolean {
  const { issuer, subject } = partsOf(value)
  return (claims) => isText(claims, 'iss', issuer) && isText(claims, 'sub', subject)
}

function isText(claims: Claims | null, name: string, pattern: Pattern): boolean {
  const value = claimAt(claims, [name])
  return typeof value === 'string' && pattern(value)
}

const anything: Pattern = (text) => text !== ''

/** The last slash parts them: issuers are URLs. */
function partsOf(value: string): { issuer: Pattern; subject: Pattern } {
  const slash = value.lastIndexOf('/')
  const issuer = slash < 0 ? value : value.slice(0, slash)
  const subject = slash < 0 ? '' : value.slice(slash + 1)
  if (value === '*') return { issuer: anything, subject: anything }
  if (value.startsWith('*')) {
    if (slash < 0) return { issuer: anything, subject: endsWith(value.slice(1)) }
    return { issuer: issuer === '*' ? anything : endsWith(issuer.slice(1)), subject: exactly(subject) }
  }
  if (value.endsWith('*')) {
    if (slash < 0) return { issuer: startsWith(value.slice(0, -1)), subject: anything }
    return { issuer: exactly(issuer), subject: subject === '*' ? anything : startsWith(subject.slice(0, -1)) }
  }
  return { issuer: exactly(issuer), subject: exactly(subject) }
}

function exactly(wanted: string): Pattern {
  return (text) => text === wanted
}

/** `[a][b]` as a path, `[a` with anything odd inside brackets as one name (util.go, extractNameInNestedBrackets). */
export function nestedNames(text: string): string[] | undefined {
  if (/^(?:\[[^[\]]*\])*$/.test(text)) return [...text.matchAll(/\[([^[\]]*)\]/g)].map(([, name = '']) => name)
  const whole = /^\[(.*)\]$/s.exec(text)?.[1]
  return whole === undefined ? undefined : [whole]
}

/** As the proxy keeps them once verified: scope and permission are lists (policy_applier.go, buildSpaceDelimitedClaims). */
export function keptClaims(claims: Claims, alsoLists: readonly string[]): Claims {
  const kept: Claims = { ...claims }
  for (const name of ['scope', 'permission', ...alsoLists]) {
    const value = kept[name]
    if (typeof value === 'string' && value.includes(' ')) kept[name] = value.split(' ').filter((each) => each !== '')
  }
  return isRecord(kept) ? kept : claims
}
