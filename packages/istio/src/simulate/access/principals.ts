import { type Answer, answer, no, open } from './answer.ts'
import type { Facts, Identity } from './facts.ts'
import type { Pattern } from './patterns.ts'
import { patternOf, startsWith } from './patterns.ts'

const scheme = 'spiffe://'

/** What a rule asks of an identity: a pattern of its URI, and whether its namespace or trust domain alone settle it. */
export type IdentityTest = { pattern: Pattern; looksAt: 'whole' | 'namespace' | 'trust-domain' }

/** Principals are written without `spiffe://`; `*x` is anything after it that ends in x (StringMatcherWithPrefix). */
export function principalTest(value: string): IdentityTest {
  if (value === '*') return { pattern: (uri) => uri !== '', looksAt: 'trust-domain' }
  if (value.startsWith('*'))
    return whole((uri) => uri.startsWith(scheme) && uri.slice(scheme.length).endsWith(value.slice(1)))
  return whole(patternOf(`${scheme}${value}`))
}

function whole(pattern: Pattern): IdentityTest {
  return { pattern, looksAt: 'whole' }
}

/** generator.go, srcNamespaceGenerator: stars may stand anywhere. */
export function namespaceTest(value: string): IdentityTest {
  const namespace = value.split('*').map(quoted).join('.*')
  return { pattern: matching(`.*/ns/${namespace}/.*`), looksAt: 'namespace' }
}

/** `account` of the policy's namespace, or `namespace/account` (generator.go, serviceAccountRegex). */
export function serviceAccountTest(value: string, policyNamespace: string): IdentityTest {
  const slash = value.indexOf('/')
  const namespace = slash < 0 ? policyNamespace : value.slice(0, slash)
  const account = value.slice(slash + 1)
  return whole(matching(`spiffe://.+/ns/${quoted(namespace)}/(.+/|)sa/${quoted(account)}(/.+)?`))
}

/** generator.go, srcTrustDomainGenerator. */
export function trustDomainTest(value: string): IdentityTest {
  const looksAt = 'trust-domain'
  if (value === '*') return { pattern: startsWith(scheme), looksAt }
  if (!value.includes('*')) return { pattern: startsWith(`${scheme}${value}/`), looksAt }
  const star = value.indexOf('*')
  const domain = `${quoted(value.slice(0, star))}[^/]*${quoted(value.slice(star + 1))}`
  return { pattern: matching(`spiffe://${domain}/.*`), looksAt }
}

/** A connection without a certificate has no identity, and so meets nothing that asks for one. */
export function isWho(test: IdentityTest, { identity }: Pick<Facts, 'identity'>): Answer {
  switch (identity.kind) {
    case 'none':
      return no
    case 'known':
      return answer(test.pattern(identity.uri))
    case 'some':
      return isSomeone(test, identity)
  }
}

/** Of somebody of a namespace that account is asked which no account has: only what looks at less is settled by it. */
function isSomeone({ pattern, looksAt }: IdentityTest, identity: Identity & { kind: 'some' }): Answer {
  const { trustDomain = unnamed, namespace = unnamed } = identity
  const holds = pattern(`${scheme}${trustDomain}/ns/${namespace}/sa/${unnamed}`)
  const isSettled =
    looksAt === 'trust-domain' ? trustDomain !== unnamed : looksAt === 'namespace' && namespace !== unnamed
  return holds || isSettled ? answer(holds) : open('principal')
}

const unnamed = '\u0001'

/** RE2 matches the whole of a text; a dot is any character but a line's end. */
function matching(expression: string): Pattern {
  const pattern = new RegExp(`^(?:${expression})$`)
  return (text) => pattern.test(text)
}

function quoted(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
