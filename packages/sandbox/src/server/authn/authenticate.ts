import type { IncomingHttpHeaders } from 'node:http'
import { unauthorized } from '../status.ts'
import { issuer, type Tokens } from './tokens.ts'
import { anonymous, type User } from './user.ts'

/** No credentials make an anonymous user, wrong ones are refused. */
export function authenticate(headers: IncomingHttpHeaders, tokens: Tokens): User {
  const header = headers.authorization
  if (header === undefined || header === '') return anonymous
  const [scheme, token] = header.split(' ')
  if (scheme?.toLowerCase() !== 'bearer' || token === undefined || token === '') return anonymous
  const verified = tokens.verify(token)
  if (!verified?.audiences.includes(issuer)) throw unauthorized()
  return verified.user
}
