import type { User } from '../authn/user.ts'
import type { Authorizer } from './authorizer.ts'

/** The same authorizer, while it is on as if every binding were gone: administrators alone are left. */
export function withoutRights(authorizer: Authorizer, isOn: () => boolean): Authorizer {
  const left = (user: User): boolean => !isOn() || user.groups.includes('system:masters')
  return {
    allowed: (user, question) => left(user) && authorizer.allowed(user, question),
    allowedPath: (user, question) => left(user) && authorizer.allowedPath(user, question),
    rules: (user, namespace) => (left(user) ? authorizer.rules(user, namespace) : []),
    reason: (user, question) => (left(user) ? authorizer.reason(user, question) : ''),
  }
}
