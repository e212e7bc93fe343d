import { isRecord, listAt, recordAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { type Answer, answer, every, no, not, open, some } from './answer.ts'
import { isIn, rangeOf } from './addresses.ts'
import type { Facts } from './facts.ts'
import type { Test } from './fields.ts'
import { patternOf } from './patterns.ts'

/**
 * A rule as ztunnel has it: clauses of which each must be met, by one of its matches (istio
 * pilot/pkg/serviceregistry/ambient/authorization.go, handleRule; ztunnel src/rbac.rs, Authorization::matches).
 */
export type ZtunnelRule = {
  readonly pointer: string
  readonly clauses: readonly Clause[]
  /** What only HTTP has, and ztunnel does not see. */
  readonly http: readonly string[]
  /** Rules that allow are left out for it. */
  readonly dropped: boolean
}

type Clause = readonly Match[]
/** Undefined is a match that says nothing that ztunnel can see: it is met by nobody. */
type Match = Test | undefined

export function readZtunnelRule(
  rule: unknown,
  pointer: string,
  context: { namespace: string; allows: boolean },
): ZtunnelRule {
  const to = listAt(rule, 'to').map((each) => recordAt(each, 'operation'))
  const from = listAt(rule, 'from').map((each) => recordAt(each, 'source'))
  const when = listAt(rule, 'when')
  const http = [
    ...to.flatMap((each) => present(each, httpOperations)),
    ...from.flatMap((each) => present(each, httpSources)),
    ...when.map((each) => textAt(each, 'key') ?? '').filter((key) => !Object.hasOwn(conditions, key)),
  ]
  const clauses = [
    to.map((each) => matchOf([ofField(each, 'ports', portTest)])),
    from.map((each) => matchOf(sourceTests(each, context.namespace))),
    ...when.map((each) => [matchOf([ofCondition(each)])]),
  ]
  const written = [to.length > 0, from.length > 0, ...when.map(() => true)]
  return {
    pointer,
    clauses: clauses.filter((_, index) => written[index]),
    http: [...new Set(http)],
    dropped: context.allows && http.length > 0,
  }
}

export function ztunnelRuleHolds({ clauses }: ZtunnelRule, facts: Facts): Answer {
  return every(clauses.map((clause) => some(clause.map((match) => match?.(facts) ?? no))))
}

const httpOperations = ['hosts', 'notHosts', 'methods', 'notMethods', 'paths', 'notPaths']
const httpSources = ['remoteIpBlocks', 'notRemoteIpBlocks', 'requestPrincipals', 'notRequestPrincipals']

function present(value: unknown, fields: readonly string[]): string[] {
  return isRecord(value) ? fields.filter((each) => listAt(value, each).length > 0) : []
}

type Two = { positive: Test[]; negative: Test[] }

/** All that a match says; trust domains are not among it. */
function matchOf(all: readonly Two[]): Match {
  const tests = all.flatMap(({ positive, negative }): Test[] => [
    ...(positive.length === 0 ? [] : [(facts: Facts) => some(positive.map((each) => each(facts)))]),
    ...(negative.length === 0 ? [] : [(facts: Facts) => not(some(negative.map((each) => each(facts))))]),
  ])
  return tests.length === 0 ? undefined : (facts) => every(tests.map((each) => each(facts)))
}

function sourceTests(source: unknown, namespace: string): Two[] {
  return [
    ofField(source, 'ipBlocks', sourceIpTest),
    ofField(source, 'namespaces', namespaceTest),
    ofField(source, 'serviceAccounts', (value) => accountTest(value, namespace)),
    ofField(source, 'principals', principalTest),
  ]
}

function ofField(value: unknown, name: string, test: (text: string) => Test | undefined): Two {
  const negated = `not${name.charAt(0).toUpperCase()}${name.slice(1)}`
  return two(textsAt(value, name), textsAt(value, negated), test)
}

function two(positive: readonly string[], negative: readonly string[], test: (text: string) => Test | undefined): Two {
  const tests = (values: readonly string[]) => values.map(test).filter((each) => each !== undefined)
  return { positive: tests(positive), negative: tests(negative) }
}

function ofCondition(when: unknown): Two {
  const test = conditions[textAt(when, 'key') ?? '']
  return test === undefined
    ? { positive: [], negative: [] }
    : two(textsAt(when, 'values'), textsAt(when, 'notValues'), test)
}

const sourceIpTest = (value: string): Test | undefined => {
  const range = rangeOf(value)
  return range && (({ sourceIp }) => isIn(range, sourceIp, 'ip'))
}

const destinationIpTest = (value: string): Test | undefined => {
  const range = rangeOf(value)
  return range && (({ destinationIp }) => isIn(range, destinationIp, 'destination'))
}

const portTest = (value: string): Test | undefined => {
  if (!/^\d+$/.test(value) || Number(value) > 65_535) return undefined
  return ({ port }) => answer(port === Number(value))
}

/** Without an identity the namespace is empty text, and there is no principal at all. */
const namespaceTest = (value: string): Test => {
  const pattern = patternOf(value)
  return (facts) => {
    const who = identityOf(facts)
    return who === undefined ? open('principal') : answer(pattern(who?.namespace ?? ''))
  }
}

const principalTest = (value: string): Test => {
  const pattern = patternOf(value)
  return ({ identity }) => {
    if (identity.kind === 'none') return no
    if (identity.kind === 'some') return value === '*' ? answer(true) : open('principal')
    return answer(identity.uri.startsWith('spiffe://') && pattern(identity.uri.slice('spiffe://'.length)))
  }
}

function accountTest(value: string, policyNamespace: string): Test {
  const [one = '', two_] = value.split(/\/(.*)/s)
  const [namespace, account] = two_ === undefined ? [policyNamespace, one] : [one, two_]
  return (facts) => {
    const who = identityOf(facts)
    if (who === null) return no
    if (who === undefined || (who.account === undefined && who.namespace === namespace)) return open('principal')
    return answer(who.namespace === namespace && who.account === account)
  }
}

const conditions: Readonly<Record<string, ((value: string) => Test | undefined) | undefined>> = {
  'source.ip': sourceIpTest,
  'source.namespace': namespaceTest,
  'source.principal': principalTest,
  'destination.ip': destinationIpTest,
  'destination.port': portTest,
}

/** Namespace and account of an identity; null for nobody, undefined for somebody unknown. */
function identityOf({ identity }: Facts): { namespace: string; account: string | undefined } | null | undefined {
  if (identity.kind === 'none') return null
  if (identity.kind === 'some') {
    return identity.namespace === undefined ? undefined : { namespace: identity.namespace, account: undefined }
  }
  const [, namespace, account] = /^spiffe:\/\/[^/]+\/ns\/([^/]+)\/sa\/([^/]+)$/.exec(identity.uri) ?? []
  return namespace === undefined ? null : { namespace, account }
}
