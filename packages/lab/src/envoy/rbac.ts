import {
  at,
  flagAt,
  isRecord,
  type Json,
  type JsonRecord,
  listAt,
  numberAt,
  recordAt,
  textAt,
} from '@orbweaver/contracts/json'
import type { Connection } from './chains.ts'
import { bitsIn, fullMatch, type Headers, matchesHeader, matchesMetadata, matchesText } from './matchers.ts'

/** What RBAC filters look at (envoy extensions/filters/common/rbac/matchers.cc). */
export type Seen = {
  readonly connection: Connection
  /** Of a request; none where only the connection is judged. */
  readonly headers: Headers
  /** The client's own address, told by X-Forwarded-For. */
  readonly remote: string
  /** By the filter that wrote it. */
  readonly metadata: JsonRecord
}

/** What one set of rules says, and the policies that match, in the order of their names; those that only log are left out. */
export type Judgement = { readonly allowed: boolean; readonly matching: readonly string[] }

/** What rules say; they allow everything where there are none. */
export function judged(rules: Json | undefined, seen: Seen): Judgement {
  if (rules === undefined) return { allowed: true, matching: [] }
  const action = textAt(rules, 'action') ?? 'ALLOW'
  const matching = Object.entries(recordAt(rules, 'policies'))
    .filter(([, each]) => each !== undefined && matchesPolicy(each, seen))
    .map(([name]) => name)
    .toSorted()
  if (action === 'LOG') return { allowed: true, matching: [] }
  return { allowed: matching.length > 0 === (action === 'ALLOW'), matching }
}

const matchesPolicy = (policy: Json, seen: Seen): boolean =>
  listAt(policy, 'permissions').some((each) => permits(each, seen)) &&
  listAt(policy, 'principals').some((each) => isPrincipal(each, seen))

type Test = (value: Json, seen: Seen) => boolean

const common: Readonly<Record<string, Test>> = {
  any: (value) => value === true,
  header: (value, { headers }) => matchesHeader(value, headers),
  url_path: (value, { headers }) => {
    const path = headers.get(':path')
    return path !== undefined && matchesText(at(value, 'path'), path.replace(/[?#].*$/su, ''))
  },
  metadata: (value, { metadata }) => holdsMetadata(value, metadata),
  sourced_metadata: (value, { metadata }) => holdsMetadata(at(value, 'metadata_matcher'), metadata),
}

const permissions: Readonly<Record<string, Test>> = {
  ...common,
  uri_template: (value, { headers }) => {
    const path = headers.get(':path')
    const template = textAt(value, 'typed_config', 'path_template') ?? ''
    return path !== undefined && fullMatch(regexOf(template), path.replace(/[?#].*$/su, ''))
  },
  and_rules: (value, seen) => listAt(value, 'rules').every((each) => permits(each, seen)),
  or_rules: (value, seen) => listAt(value, 'rules').some((each) => permits(each, seen)),
  not_rule: (value, seen) => !permits(value, seen),
  destination_ip: (value, { connection }) => bitsIn(value, connection.destination.address) !== undefined,
  destination_port: (value, { connection }) => value === connection.destination.port,
  destination_port_range: (value, { connection: { destination } }) =>
    destination.port >= (numberAt(value, 'start') ?? 0) && destination.port < (numberAt(value, 'end') ?? 0),
  requested_server_name: (value, { connection }) => matchesText(value, connection.tls?.sni ?? ''),
}

const principals: Readonly<Record<string, Test>> = {
  ...common,
  and_ids: (value, seen) => listAt(value, 'ids').every((each) => isPrincipal(each, seen)),
  or_ids: (value, seen) => listAt(value, 'ids').some((each) => isPrincipal(each, seen)),
  not_id: (value, seen) => !isPrincipal(value, seen),
  authenticated: (value, { connection }) => {
    const name = at(value, 'principal_name')
    if (name === undefined) return connection.tls?.principal !== undefined
    return connection.tls?.principal !== undefined && matchesText(name, connection.tls.principal)
  },
  filter_state: (value, { connection }) => {
    if (textAt(value, 'key') !== 'io.istio.peer_principal') throw new Error(`filter state: ${JSON.stringify(value)}`)
    const principal = connection.peer ?? connection.tls?.principal
    return principal !== undefined && matchesText(at(value, 'string_match'), principal)
  },
  source_ip: (value, { connection }) => bitsIn(value, connection.source) !== undefined,
  direct_remote_ip: (value, { connection }) => bitsIn(value, connection.source) !== undefined,
  remote_ip: (value, { remote }) => bitsIn(value, remote) !== undefined,
}

const permits: Test = (value, seen) => tested(permissions, value, seen)
const isPrincipal: Test = (value, seen) => tested(principals, value, seen)

function tested(tests: Readonly<Record<string, Test>>, value: Json, seen: Seen): boolean {
  const [name, inner] = Object.entries(isRecord(value) ? value : {})[0] ?? []
  const test = name === undefined ? undefined : tests[name]
  if (test === undefined || inner === undefined) throw new Error(`no such rule: ${JSON.stringify(value)}`)
  return test(inner, seen)
}

/** `*` is one segment, `**` is any number of them (envoy extensions/path/uri_template_lib). */
const regexOf = (template: string): string =>
  template
    .split(/(\*{1,2})/u)
    .map((part) => {
      if (part === '*') return `[${segment}]+`
      return part === '**' ? `[${segment}/]*` : part.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`)
    })
    .join('')

const segment = String.raw`\w\-.~%!$&'()+,;:@=`

function holdsMetadata(matcher: Json | undefined, metadata: JsonRecord): boolean {
  const keys = listAt(matcher, 'path').map((each) => textAt(each, 'key') ?? '')
  const value = at(metadata, textAt(matcher, 'filter') ?? '', ...keys)
  const matched = value !== undefined && matchesMetadata(at(matcher, 'value'), value)
  return matched !== (flagAt(matcher, 'invert') === true)
}
