import { type Answer, answer, open, some } from './answer.ts'
import { isIn, rangeOf } from './addresses.ts'
import { claimMeets, nestedNames, requestPrincipalMeets } from './claims.ts'
import type { Facts } from './facts.ts'
import { isTemplate, templateOf } from './path.ts'
import { headerPatternOf, hostPatternOf, meets, patternOf } from './patterns.ts'
import { isWho, namespaceTest, principalTest, serviceAccountTest, trustDomainTest } from './principals.ts'

export type Test = (facts: Facts) => Answer

/** How one field of a rule looks at calls (istio pilot/pkg/security/authz/model/generator.go). */
export type Field = {
  /** Meaningless on connections that are not HTTP. */
  readonly http: boolean
  /** The key of a condition cannot be read. */
  readonly broken?: boolean
  /** What a value means; undefined for one that means nothing. */
  test(value: string, policyNamespace: string): Test | undefined
}

const headerOf = (name: string): Field => ({
  http: true,
  test: (value) => {
    const pattern = headerPatternOf(value)
    return (facts) => headerMeets(facts, name.toLowerCase(), pattern)
  },
})

const claimOf = (path: readonly string[]): Field => ({
  http: true,
  test: (value) => {
    const pattern = patternOf(value)
    return ({ claims }) => (claims === undefined ? open('claims') : answer(claimMeets(claims, path, pattern)))
  },
})

const identity = (testOf: (value: string, policyNamespace: string) => Parameters<typeof isWho>[0]): Field => ({
  http: false,
  test: (value, policyNamespace) => {
    const test = testOf(value, policyNamespace)
    return (facts) => isWho(test, facts)
  },
})

const address = (of: (facts: Facts) => string | undefined, name: string): Field => ({
  http: false,
  test: (value) => {
    const range = rangeOf(value)
    return range && ((facts) => isIn(range, of(facts), name))
  },
})

export const methods: Field = {
  http: true,
  test: (value) => {
    const pattern = headerPatternOf(value)
    return ({ method }) => meets(pattern, method, 'method')
  },
}

export const hosts: Field = {
  http: true,
  test: (value) => {
    const pattern = hostPatternOf(value)
    return ({ host }) => meets(pattern, host, 'host')
  },
}

export const paths: Field = {
  http: true,
  test: (value) => {
    const pattern = isTemplate(value) ? templateOf(value) : patternOf(value)
    return ({ path }) => meets(pattern, path, 'path')
  },
}

export const ports: Field = {
  http: false,
  test: (value) => {
    if (!/^\d+$/.test(value) || Number(value) > 65_535) return undefined
    return ({ port }) => answer(port === Number(value))
  },
}

export const ipBlocks: Field = address(({ sourceIp }) => sourceIp, 'ip')
export const remoteIpBlocks: Field = address(({ remoteIp }) => remoteIp, 'ip')
export const namespaces: Field = identity(namespaceTest)
export const trustDomains: Field = identity(trustDomainTest)
export const serviceAccounts: Field = identity(serviceAccountTest)
export const principals: Field = identity(principalTest)

export const requestPrincipals: Field = {
  http: true,
  test: (value) => {
    const test = requestPrincipalMeets(value)
    return ({ claims }) => (claims === undefined ? open('claims') : answer(test(claims)))
  },
}

/** What a condition's key looks at; undefined for a key that Istio does not know. */
export function conditionField(key: string): Field | undefined {
  return plainConditions[key] ?? prefixedCondition(key)
}

const plainConditions: Readonly<Record<string, Field | undefined>> = {
  'destination.ip': address(({ destinationIp }) => destinationIp, 'destination'),
  'destination.port': ports,
  'connection.sni': {
    http: false,
    test: (value) => {
      const pattern = patternOf(value)
      return ({ sni }) => (sni === null ? answer(pattern('')) : meets(pattern, sni, 'sni'))
    },
  },
  'source.ip': ipBlocks,
  'remote.ip': remoteIpBlocks,
  'source.namespace': namespaces,
  'source.trustDomain': trustDomains,
  'source.serviceAccount': serviceAccounts,
  'source.principal': principals,
  'request.auth.principal': requestPrincipals,
  'request.auth.audiences': claimOf(['aud']),
  'request.auth.presenter': claimOf(['azp']),
}

function prefixedCondition(key: string): Field | undefined {
  if (key.startsWith('experimental.envoy.filters.')) return metadataOf(key)
  if (key.startsWith('request.headers')) {
    const name = /^\[(.*)\]$/.exec(key.slice('request.headers'.length))?.[1]
    return name === undefined ? brokenHttp : headerOf(name)
  }
  if (!key.startsWith('request.auth.claims')) return undefined
  const path = nestedNames(key.slice('request.auth.claims'.length))
  return path === undefined ? brokenHttp : claimOf(path)
}

const brokenHttp: Field = { http: true, broken: true, test: () => undefined }

/** Other filters write it, and nobody here knows what. */
function metadataOf(key: string): Field {
  return { http: false, broken: !key.includes('['), test: () => () => open('metadata') }
}

function headerMeets({ headers }: Facts, name: string, pattern: (text: string) => boolean): Answer {
  if (headers === undefined) return open('headers')
  const value = headers.get(name)
  return answer(value !== undefined && pattern(value))
}

/** Any of some values. */
export function anyOf(tests: readonly Test[]): Test {
  return (facts) => some(tests.map((each) => each(facts)))
}
