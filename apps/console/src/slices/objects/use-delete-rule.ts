import type { ObjectRef } from '@orbweaver/contracts/kubernetes'
import { usePlan } from '../../app/plan/use-plan.ts'
import { useText } from './text.ts'

/** Deleting is a plan that asks for the name; `onDone` when the object is gone. */
export function useDeleteRule(mesh: string) {
  const t = useText()
  const plan = usePlan()
  return (target: { ref: ObjectRef; uid: string }, onDone?: () => void) =>
    plan.open(
      { type: 'objects.delete', mesh, ref: target.ref, uid: target.uid },
      {
        confirmName: target.ref.name,
        stays: [t('stays.workloads'), t('stays.rules')],
        ...(onDone === undefined ? {} : { onDone }),
      },
    )
}
