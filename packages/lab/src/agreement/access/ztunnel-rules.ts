import { type Json, listAt, numberAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { bitsIn } from '../../envoy/matchers.ts'

/** A connection as ztunnel of the destination sees it. */
export type Arriving = {
  readonly source: string
  /** `cluster.local/ns/shop/sa/web`; undefined in the clear. */
  readonly principal: string | undefined
  readonly destination: string
  readonly port: number
}

/** What ztunnel says of a connection, and the policies that match, of those that decide. */
export type Judged = { readonly allowed: boolean; readonly matching: readonly string[] }

/** Policies as istiod sends them, for a workload as it is sent (ztunnel src/state.rs, assert_rbac; src/rbac.rs, matches). */
export function judgedByZtunnel(policies: readonly Json[], workload: Json, arriving: Arriving): Judged {
  const own = new Set(textsAt(workload, 'authorization_policies'))
  const namespace = textAt(workload, 'namespace') ?? ''
  const applied = policies.filter((each) => {
    const scope = textAt(each, 'scope') ?? 'GLOBAL'
    if (scope === 'GLOBAL') return true
    return scope === 'NAMESPACE' ? textAt(each, 'namespace') === namespace : own.has(nameOf(each))
  })
  const denies = applied.filter((each) => textAt(each, 'action') === 'DENY')
  const allows = applied.filter((each) => textAt(each, 'action') !== 'DENY')
  const matching = (some: readonly Json[]) => some.filter((each) => matches(each, arriving)).map(nameOf)
  const denied = matching(denies)
  if (denied.length > 0) return { allowed: false, matching: denied }
  const allowed = matching(allows)
  return { allowed: allows.length === 0 || allowed.length > 0, matching: allowed }
}

const nameOf = (policy: Json): string => `${textAt(policy, 'namespace') ?? ''}/${textAt(policy, 'name') ?? ''}`

/** One group of which each clause has a match. */
const matches = (policy: Json, arriving: Arriving): boolean =>
  listAt(policy, 'groups').some((group) =>
    listAt(group, 'rules').every((clause) => listAt(clause, 'matches').some((each) => isMet(each, arriving))),
  )

type Test = (value: Json, arriving: Arriving) => boolean

const identityIn = (principal: string | undefined): readonly [string, string] | undefined => {
  const [, namespace, account] = /^[^/]+\/ns\/([^/]+)\/sa\/([^/]+)$/u.exec(principal ?? '') ?? []
  return namespace === undefined || account === undefined ? undefined : [namespace, account]
}

const text = (matcher: Json, value: string): boolean => {
  const [exact, prefix, suffix] = ['exact', 'prefix', 'suffix'].map((each) => textAt(matcher, each))
  if (exact !== undefined) return value === exact
  if (prefix !== undefined) return value.startsWith(prefix)
  if (suffix !== undefined) return value.endsWith(suffix)
  return value !== ''
}

const within = (range: Json, address: string): boolean => {
  const bytes = [...Buffer.from(textAt(range, 'address') ?? '', 'base64')]
  if (bytes.length !== 4) return false // all addresses of these worlds have four
  return bitsIn({ address_prefix: bytes.join('.'), prefix_len: numberAt(range, 'length') ?? 0 }, address) !== undefined
}

const tests: Readonly<Record<string, Test>> = {
  namespaces: (value, { principal }) => text(value, identityIn(principal)?.[0] ?? ''),
  service_accounts: (value, { principal }) => {
    const [namespace, account] = identityIn(principal) ?? []
    return namespace === textAt(value, 'namespace') && account === textAt(value, 'serviceAccount')
  },
  principals: (value, { principal }) => principal !== undefined && text(value, principal),
  source_ips: (value, { source }) => within(value, source),
  destination_ips: (value, { destination }) => within(value, destination),
  destination_ports: (value, { port }) => value === port,
}

/** All that it says must hold; a match that says nothing is met by nobody. */
function isMet(match: Json, arriving: Arriving): boolean {
  const said = Object.entries(tests).flatMap(([name, test]) => {
    const one = listAt(match, name)
    const other = listAt(match, `not_${name}`)
    return [
      ...(one.length > 0 ? [one.some((each) => test(each, arriving))] : []),
      ...(other.length > 0 ? [!other.some((each) => test(each, arriving))] : []),
    ]
  })
  return said.length > 0 && said.every(Boolean)
}

/** Made by istiod of what is STRICT, and of ports of PeerAuthentications. */
export const isOfPeers = (policy: string): boolean => /\/(?:istio_)?converted_/u.test(policy)
