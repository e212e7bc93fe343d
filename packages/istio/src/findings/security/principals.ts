import type { Finding } from '@orbweaver/contracts/plan'
import { nearestWord } from '../../values/nearest.ts'
import { kinds } from '../../world/kinds.ts'
import { accountsIn, areAccountsKnown, clustersWith, namespacesWith } from '../accounts.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { replace } from '../operations.ts'
import type { MeshWorld } from '../world.ts'
import { type Named, namedBy } from './policy-rules.ts'

const form: Code = {
  code: 'authorizationpolicy.principal-form',
  severity: 'error',
  istio: 'accepts',
  aliases: ['KIA0108'],
}
const foreign: Code = {
  code: 'authorizationpolicy.trust-domain-unknown',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['KIA0108'],
}
const missing: Code = {
  code: 'authorizationpolicy.account-not-found',
  severity: 'error',
  istio: 'accepts',
  aliases: ['KIA0106'],
}
const remote: Code = {
  code: 'authorizationpolicy.account-elsewhere',
  severity: 'info',
  istio: 'accepts',
  aliases: ['KIA0107'],
}

/** Identities that nobody has: they match no caller, so ALLOW lets nobody in by them and DENY stops nobody. */
export const principals: Judge = {
  says: [form, foreign, missing, remote],
  kinds: [kinds.authorizationPolicy],
  judge: (subject, world) => [
    ...namedBy(subject.object, 'principals', 'source.principal').flatMap((each) => ofPrincipal(subject, world, each)),
    ...namedBy(subject.object, 'trustDomains', 'source.trustDomain').flatMap((each) => ofDomain(subject, world, each)),
    ...namedBy(subject.object, 'serviceAccounts', 'source.serviceAccount').flatMap((each) =>
      ofAccount(subject, world, each),
    ),
  ],
}

/** An identity as Istio writes it, without the scheme. */
export type Identity = { trustDomain: string; namespace: string; account: string }

/** Undefined where it is of another form, which other issuers may use, or leaves the account open. */
export function identityOf(principal: string): Identity | undefined {
  const [, trustDomain = '', namespace = '', account = ''] =
    /^([^/]+)\/ns\/([^/*]+)\/sa\/([^/*]+)$/.exec(principal) ?? []
  return account === '' ? undefined : { trustDomain, namespace, account }
}

type Spot = Pick<Named, 'value' | 'pointer'>

function ofPrincipal(subject: Subject, world: MeshWorld, { value, pointer }: Spot): Finding[] {
  const { trustDomain } = world.mesh
  const right = value.startsWith('spiffe://')
    ? value.slice('spiffe://'.length)
    : /^\/?ns\/[^/]+\/sa\//.test(value)
      ? `${trustDomain}/${value.replace(/^\//, '')}`
      : undefined
  if (right !== undefined) return [judged(subject, form, { pointer, value, right, code: 'as-istio-writes' })]
  const identity = identityOf(value)
  if (identity === undefined) return []
  const isKnown = ['cluster.local', ...domainsOf(world)].includes(identity.trustDomain) || isOpen(identity.trustDomain)
  if (!isKnown) {
    const own = `${trustDomain}${value.slice(identity.trustDomain.length)}`
    const domain = { domain: identity.trustDomain, trustDomain }
    return [judged(subject, foreign, { pointer, value, right: own, code: 'own-trust-domain', more: domain })]
  }
  const rewrite = (namespace: string, account: string) => `${identity.trustDomain}/ns/${namespace}/sa/${account}`
  return judgeAccount(subject, world, { ...identity, value, pointer, rewrite })
}

function ofDomain(subject: Subject, world: MeshWorld, { value, pointer }: Spot): Finding[] {
  if (isOpen(value) || domainsOf(world).includes(value)) return []
  const { trustDomain } = world.mesh
  const more = { domain: value, trustDomain }
  return [judged(subject, foreign, { pointer, value, right: trustDomain, code: 'own-trust-domain', more })]
}

function domainsOf(world: MeshWorld): string[] {
  return [world.mesh.trustDomain, ...world.mesh.trustDomainAliases]
}

function isOpen(trustDomain: string): boolean {
  return trustDomain.includes('*')
}

/** A name alone is of the policy's own namespace (istio authz/model/generator.go, serviceAccountRegex). */
function ofAccount(subject: Subject, world: MeshWorld, { value, pointer }: Spot): Finding[] {
  const [first = '', second] = value.split('/')
  const [namespace, account] = second === undefined ? [subject.namespace, first] : [first, second]
  if (account === '' || value.includes('*')) return []
  const rewrite = (home: string, name: string) => `${home}/${name}`
  return judgeAccount(subject, world, { namespace, account, value, pointer, rewrite })
}

type Account = {
  namespace: string
  account: string
  value: string
  pointer: string
  rewrite: (namespace: string, account: string) => string
}

function judgeAccount(subject: Subject, world: MeshWorld, at: Account): Finding[] {
  const { namespace, account, value, pointer } = at
  if (!world.complete(kinds.serviceAccount) || !world.complete(kinds.namespace)) return []
  const clusters = clustersWith(world, namespace, account)
  const params = { value, namespace, account, clusters: clusters.join(', ') }
  if (clusters.length === 0) {
    if (!areAccountsKnown(world, namespace)) return []
    const [only, ...more] = namespacesWith(world, account)
    const beside = nearestWord(accountsIn(world, namespace), account)
    const right =
      beside !== undefined
        ? at.rewrite(namespace, beside)
        : only !== undefined && more.length === 0
          ? at.rewrite(only, account)
          : undefined
    return [judged(subject, missing, { pointer, value, right, code: 'known-account', more: params })]
  }
  return clusters.includes(world.config.cluster) ? [] : [found(subject, remote, { pointer, params })]
}

type Replacement = {
  pointer: string
  value: string
  right: string | undefined
  code: string
  more?: Record<string, string>
}

function judged(subject: Subject, of: Code, replacement: Replacement): Finding {
  const { pointer, value, right, code, more = {} } = replacement
  const fixes = right === undefined ? [] : [fix(subject, { code, params: { right } }, [replace(pointer, right)])]
  return found(subject, of, { pointer, params: { value, ...more }, fixes })
}
