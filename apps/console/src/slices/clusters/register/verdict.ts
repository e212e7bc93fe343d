import type { KubeconfigTest } from '@orbweaver/contracts/clusters'

const providers = ['eks', 'gke', 'aks', 'other'] as const
export type Provider = (typeof providers)[number]

/** Whose login command a refused kubeconfig runs; undefined where the refusal is of another kind. */
export function loginProvider({ refusal }: Pick<KubeconfigTest, 'refusal'>): Provider | undefined {
  if (refusal?.code !== 'kubeconfig.exec' && refusal?.code !== 'kubeconfig.auth_provider') return undefined
  return providers.find((each) => each === refusal.params.provider) ?? 'other'
}

/** Whether the account lacks rights that the generated manifest grants. */
export function lacksRights({ checks }: Pick<KubeconfigTest, 'checks'>): boolean {
  return checks.some((check) => check.id === 'permissions.missing')
}

/** Why the cluster cannot be registered yet, as a key of the slice's text; undefined when it can. */
export function registrationHeld(test: {
  result: Pick<KubeconfigTest, 'accepted'> | undefined
  testing: boolean
}): 'untested' | 'testing' | 'refused' | undefined {
  if (test.testing) return 'testing'
  if (test.result === undefined) return 'untested'
  return test.result.accepted ? undefined : 'refused'
}
