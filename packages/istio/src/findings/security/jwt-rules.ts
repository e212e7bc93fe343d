import { canonicalJson, isRecord, type Json, listAt, textAt } from '@orbweaver/contracts/json'
import type { Finding } from '@orbweaver/contracts/plan'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { replace } from '../operations.ts'
import type { MeshWorld } from '../world.ts'

const twice: Code = { code: 'requestauthentication.keys-twice', severity: 'warning', istio: 'ignores' }
const none: Code = { code: 'requestauthentication.keys-missing', severity: 'error', istio: 'accepts' }
const lost: Code = { code: 'requestauthentication.keys-unreachable', severity: 'error', istio: 'accepts' }
const issuers: Code = { code: 'requestauthentication.issuer-twice', severity: 'warning', istio: 'accepts' }
const places: Code = { code: 'requestauthentication.place-twice', severity: 'info', istio: 'accepts' }
const empty: Code = { code: 'requestauthentication.no-rules', severity: 'info', istio: 'accepts' }

/** Rules for tokens that cannot be checked, or not as it is written (istio pilot/pkg/model/jwks_resolver.go). */
export const jwtRules: Judge = {
  says: [twice, none, lost, issuers, places, empty],
  kinds: [kinds.requestAuthentication],
  judge(subject, world) {
    const rules = listAt(subject.object, 'spec', 'jwtRules')
    if (rules.length === 0) return [found(subject, empty, { pointer: '/spec' })]
    return [
      ...rules.flatMap((rule, index) => {
        const pointer = `/spec/jwtRules/${index}`
        return [...ofKeys(subject, world, { rule, pointer }), ...ofPlaces(subject, { rule, pointer })]
      }),
      ...ofIssuers(subject, rules),
    ]
  },
}

type Spot = { rule: Json; pointer: string }

function ofKeys(subject: Subject, world: MeshWorld, { rule, pointer }: Spot): Finding[] {
  const jwks = textAt(rule, 'jwks') ?? ''
  const field = textAt(rule, 'jwksUri') === undefined ? 'jwks_uri' : 'jwksUri'
  const uri = textAt(rule, field) ?? ''
  const issuer = textAt(rule, 'issuer') ?? ''
  if (jwks !== '' && uri !== '') {
    const way = fix(subject, { code: 'keep-keys' }, [{ op: 'remove', path: `${pointer}/${field}` }])
    return [found(subject, twice, { pointer: `${pointer}/${field}`, params: { issuer }, fixes: [way] })]
  }
  if (jwks !== '')
    return isEmptySet(jwks) ? [found(subject, none, { pointer: `${pointer}/jwks`, params: { issuer } })] : []
  if (uri !== '') return ofUri(subject, world, { uri, pointer: `${pointer}/${field}` })
  // Without keys istiod asks the issuer where they are: it must be an address then.
  return /^https?:\/\//.test(issuer) ? [] : [found(subject, none, { pointer, params: { issuer } })]
}

/** A key set without a key: it is accepted, and no token is good by it. */
function isEmptySet(jwks: string): boolean {
  try {
    const parsed: unknown = JSON.parse(jwks)
    return isRecord(parsed) && Array.isArray(parsed['keys']) && parsed['keys'].length === 0
  } catch {
    return false
  }
}

/** Addresses inside of the cluster are known; of those outside nothing is. */
function ofUri(subject: Subject, world: MeshWorld, { uri, pointer }: { uri: string; pointer: string }): Finding[] {
  const address = addressIn(uri, world.mesh.domain)
  if (address === undefined || !world.complete(kinds.service) || !world.complete(kinds.serviceEntry)) return []
  const owners = world.hosts.find(address.name, world.mesh.rootNamespace)?.owners ?? []
  const [only, ...more] = owners.flatMap(({ ports }) => ports.map(({ number }) => number))
  if (only === address.port || more.includes(address.port)) return []
  const params = { host: address.host, port: address.port }
  if (only === undefined || more.length > 0) return [found(subject, lost, { pointer, params })]
  const way = { code: 'port-of-service', params: { port: String(only) } }
  const fixes = [fix(subject, way, [replace(pointer, `${address.origin}:${only}${address.rest}`)])]
  return [found(subject, lost, { pointer, params, fixes })]
}

/** Undefined for what is no service of the cluster. */
function addressIn(uri: string, domain: string) {
  const parts = /^((https?):\/\/([^/:?#@]+))(?::(\d+))?(.*)$/.exec(uri)
  if (parts === null) return undefined
  const [, origin = '', scheme, host = '', port = scheme === 'https' ? '443' : '80', rest = ''] = parts
  const name = host.endsWith('.svc') ? `${host}.${domain}` : host
  return name.endsWith(`.svc.${domain}`) ? { origin, host, name, port: Number(port), rest } : undefined
}

/** Where a token is looked for: the same place twice in one rule. */
function ofPlaces(subject: Subject, { rule, pointer }: Spot): Finding[] {
  return ['fromHeaders', 'fromParams', 'fromCookies'].flatMap((field) => {
    const seen = new Set<string>()
    return listAt(rule, field).flatMap((place, index) => {
      const name = textAt(place, 'name') ?? (typeof place === 'string' ? place : '')
      const key = field === 'fromHeaders' ? `${name.toLowerCase()} ${textAt(place, 'prefix') ?? ''}` : name
      if (name === '' || !seen.has(key)) {
        seen.add(key)
        return []
      }
      const at = `${pointer}/${field}/${index}`
      const way = fix(subject, { code: 'once' }, [{ op: 'remove', path: at }])
      return [found(subject, places, { pointer: at, params: { name }, fixes: [way] })]
    })
  })
}

/** Of two rules for an issuer a token is good by either: by keys that one of them no longer means. */
function ofIssuers(subject: Subject, rules: readonly Json[]): Finding[] {
  return rules.flatMap((rule, index) => {
    const issuer = textAt(rule, 'issuer') ?? ''
    const first = rules.slice(0, index).find((each) => textAt(each, 'issuer') === issuer)
    if (issuer === '' || first === undefined) return []
    const pointer = `/spec/jwtRules/${index}`
    const isSame = canonicalJson(first) === canonicalJson(rule)
    const way = fix(subject, { code: 'one-rule' }, [{ op: 'remove', path: pointer }])
    return [found(subject, issuers, { pointer, params: { issuer }, fixes: isSame ? [way] : [] })]
  })
}
