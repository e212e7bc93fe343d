import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { User } from '../authn/user.ts'
import type { Served } from '../definition.ts'

type Operation = 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT'

/** One write on its way to the store, as admission sees it. */
export type Attempt = {
  operation: Operation
  served: Served
  subresource: string
  namespace: string
  name: string
  user: User
  dryRun: boolean
  /** CreateOptions, UpdateOptions or DeleteOptions as the request gave them. */
  options: JsonRecord
  object: KubernetesObject | undefined
  before: KubernetesObject | undefined
  /** Warnings of webhooks and policies for the answer. */
  warnings: string[]
}

export type Admission = {
  /** Gives the object as built-in and webhook mutations left it. */
  mutate(attempt: Attempt): Promise<KubernetesObject>
  /** Rejects when a rule, a policy or a webhook refuses. */
  validate(attempt: Attempt): Promise<void>
}
