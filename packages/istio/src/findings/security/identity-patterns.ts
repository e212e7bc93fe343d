import { kinds } from '../../world/kinds.ts'
import { accountsIn, areAccountsKnown, areAccountsRead, namespacesWith } from '../accounts.ts'
import { type Code, found, type Judge } from '../finding.ts'
import type { MeshWorld } from '../world.ts'
import { namedBy } from './policy-rules.ts'

const code: Code = {
  code: 'authorizationpolicy.pattern-of-nobody',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['KIA0106'],
}

/** Every namespace has it, whether it was read or not. */
const everywhere = 'default'

/** Patterns over identities of this mesh that no service account has: `domain/ns/gone/*`, or an account of any namespace. */
export const identityPatterns: Judge = {
  says: [code],
  kinds: [kinds.authorizationPolicy],
  judge: (subject, world) =>
    namedBy(subject.object, 'principals', 'source.principal').flatMap(({ value, pointer }) =>
      isOfNobody(world, value) ? [found(subject, code, { pointer, params: { value } })] : [],
    ),
}

/** Where accounts were read, and files seldom have those that charts install: whether none of them is meant. */
export function isOfNobody(world: MeshWorld, value: string): boolean {
  if (!world.complete(kinds.serviceAccount) || !world.complete(kinds.namespace)) return false
  const [, account = ''] = /^\*\/sa\/([^/*]+)$/.exec(value) ?? []
  if (account !== '')
    return account !== everywhere && areAccountsRead(world) && namespacesWith(world, account).length === 0
  return isOfNoneIn(world, value)
}

function isOfNoneIn(world: MeshWorld, value: string): boolean {
  const [, domain = '', namespace = '', start = ''] = /^([^/*]+)\/ns\/([^/*]+)\/(?:sa\/([^/*]*))?\*$/.exec(value) ?? []
  const domains = ['cluster.local', world.mesh.trustDomain, ...world.mesh.trustDomainAliases]
  if (namespace === '' || !domains.includes(domain) || !areAccountsKnown(world, namespace)) return false
  const isThere = world.clusters.some((view) => view.get(kinds.namespace, namespace) !== undefined)
  const known = [...accountsIn(world, namespace), ...(isThere ? [everywhere] : [])]
  return !known.some((each) => each.startsWith(start))
}
