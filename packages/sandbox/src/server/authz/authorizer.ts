import type { User } from '../authn/user.ts'

export type Question = {
  verb: string
  group: string
  version: string
  resource: string
  subresource: string
  namespace: string
  name: string
}
export type PathQuestion = { verb: string; path: string }

export type PolicyRule = {
  verbs: string[]
  apiGroups: string[]
  resources: string[]
  resourceNames: string[]
  nonResourceURLs: string[]
}

export type Authorizer = {
  allowed(user: User, question: Question): boolean
  allowedPath(user: User, question: PathQuestion): boolean
  /** Everything the user may do in a namespace, cluster-wide rights included. */
  rules(user: User, namespace: string): PolicyRule[]
  /** The words of an allowed answer in a review. */
  reason(user: User, question: Question): string
}
