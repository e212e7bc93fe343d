import type { Environment } from '@marcbachmann/cel-js'
import type { User } from '../authn/user.ts'
import type { Authorizer, Question } from '../authz/authorizer.ts'

const anything: Question = { verb: '', group: '', version: '*', resource: '', subresource: '', namespace: '', name: '' }

/** `authorizer` of a policy's expressions: what the requesting user may do. Source: apiserver pkg/cel/library/authz.go v0.36. */
export class CelAuthorizer {
  readonly authorizer: Authorizer
  readonly user: User

  constructor(authorizer: Authorizer, user: User) {
    this.authorizer = authorizer
    this.user = user
  }
}

/** A question being put together: `authorizer.group('').resource('secrets').namespace('x')`. */
class CelResourceCheck {
  readonly by: CelAuthorizer
  readonly question: Question

  constructor(by: CelAuthorizer, question: Question) {
    this.by = by
    this.question = question
  }

  with(part: Partial<Question>): CelResourceCheck {
    return new CelResourceCheck(this.by, { ...this.question, ...part })
  }
}

class CelDecision {
  readonly allowed: boolean
  readonly reason: string

  constructor({ by, question }: CelResourceCheck) {
    this.allowed = by.authorizer.allowed(by.user, question)
    this.reason = this.allowed ? by.authorizer.reason(by.user, question) : ''
  }
}

export function registerAuthorizer(environment: Environment): Environment {
  return environment
    .registerType('Authorizer', CelAuthorizer)
    .registerType('ResourceCheck', CelResourceCheck)
    .registerType('Decision', CelDecision)
    .registerFunction(
      'Authorizer.group(string): ResourceCheck',
      (by: CelAuthorizer, group: string) => new CelResourceCheck(by, { ...anything, group }),
    )
    .registerFunction('ResourceCheck.resource(string): ResourceCheck', (check: CelResourceCheck, resource: string) =>
      check.with({ resource }),
    )
    .registerFunction(
      'ResourceCheck.subresource(string): ResourceCheck',
      (check: CelResourceCheck, subresource: string) => check.with({ subresource }),
    )
    .registerFunction('ResourceCheck.namespace(string): ResourceCheck', (check: CelResourceCheck, namespace: string) =>
      check.with({ namespace }),
    )
    .registerFunction('ResourceCheck.name(string): ResourceCheck', (check: CelResourceCheck, name: string) =>
      check.with({ name }),
    )
    .registerFunction(
      'ResourceCheck.check(string): Decision',
      (check: CelResourceCheck, verb: string) => new CelDecision(check.with({ verb })),
    )
    .registerFunction('Decision.allowed(): bool', (decision: CelDecision) => decision.allowed)
    .registerFunction('Decision.reason(): string', (decision: CelDecision) => decision.reason)
}
