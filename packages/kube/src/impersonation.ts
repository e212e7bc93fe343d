import type { Identity } from './client.ts'
import { KubeError } from './error.ts'

const longestValue = 1_024
const mostValues = 1_000

/**
 * Request headers that make the API server act as somebody else (Kubernetes docs, "User impersonation").
 * Each group is a header line of its own: joined by a comma they would be one strange group.
 * Throws KubeError `invalid` for what cannot be said in a header and for `system:masters`, which passes every check.
 */
export function impersonationHeaders(cluster: string, identity: Identity): Record<string, string[]> {
  const problem = problemOf(identity)
  if (problem !== undefined) {
    throw new KubeError({ code: 'invalid', cluster, message: `cannot impersonate: ${problem}`, reason: 'BadIdentity' })
  }
  const headers: Record<string, string[]> = { 'impersonate-user': [headerText(identity.user)] }
  if (identity.groups.length > 0) headers['impersonate-group'] = identity.groups.map(headerText)
  for (const [key, values] of Object.entries(identity.extra ?? {})) {
    if (values.length > 0) headers[`impersonate-extra-${headerKey(key)}`] = values.map(headerText)
  }
  return headers
}

function problemOf({ user, groups, extra = {} }: Identity): string | undefined {
  const values = [user, ...groups, ...Object.keys(extra), ...Object.values(extra).flat()]
  if (user === '') return 'the user is empty'
  if (values.length > mostValues) return 'too many groups and extra values'
  if (groups.includes('system:masters')) return 'system:masters is never impersonated'
  if (values.some((each) => each === '' || each.length > longestValue)) return 'an empty or very long value'
  if (values.some((each) => /[\p{Cc}\p{Cs}]/u.test(each))) return 'a control character'
  if (values.some((each) => each !== each.trim())) return 'a value begins or ends with a space'
  return undefined
}

/** Go reads header bytes as they are, so a name outside ASCII travels as UTF-8; undici writes strings as Latin-1. */
function headerText(value: string): string {
  return Buffer.from(value, 'utf8').toString('latin1')
}

/** The server lower-cases the header's name and then decodes percent signs. */
function headerKey(key: string): string {
  return encodeURIComponent(key.toLowerCase()).replaceAll(/[()]/g, (each) => `%${each.charCodeAt(0).toString(16)}`)
}
