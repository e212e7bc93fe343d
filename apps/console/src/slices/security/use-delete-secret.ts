import type { TlsSecret } from '@orbweaver/contracts/security'
import { usePlan } from '../../app/plan/use-plan.ts'

/** Deleting is a plan that asks for the name; refused there while a rule uses it. */
export function useDeleteSecret(mesh: string) {
  const plan = usePlan()
  return ({ ref, uid = '' }: TlsSecret, onDone?: () => void) => {
    const secrets = [{ cluster: ref.cluster, namespace: ref.namespace ?? '', name: ref.name, uid }]
    plan.open(
      { type: 'security.delete-secrets', mesh, secrets },
      { confirmName: ref.name, ...(onDone === undefined ? {} : { onDone }) },
    )
  }
}
