import { Dialog } from '@orbweaver/ui/dialog'
import { PrimaryButton } from '@orbweaver/ui/page'
import { usePlan } from '../../../app/plan/use-plan.ts'
import { QueryView } from '../../../app/query-view.tsx'
import { Conditions, Stays, standing } from './conditions.tsx'
import { useRemovalText } from './text.ts'
import { useRemoval } from './use-removal.ts'

/** What members must be rid of before they leave; the plan then asks for the name of the mesh. */
export function LeaveDialog(props: {
  mesh: string
  clusters: string[]
  onClose: () => void
  /** The change was accepted. */
  onStarted: () => void
}) {
  const t = useRemovalText()
  const plan = usePlan()
  const { mesh, clusters, onClose, onStarted } = props
  const { query, away, fix, behind, toggle } = useRemoval(mesh, clusters)
  if (away) return null
  const leave = () => {
    onClose()
    plan.open(
      {
        type: 'meshes.leave',
        name: mesh,
        clusters,
        ...(behind.length > 0 && { leaveBehind: [...behind] }),
      },
      {
        confirmName: mesh,
        stays: [t('leave.stays.workloads'), t('leave.stays.rules')],
        onStarted,
      },
    )
  }
  const blocked = query.data !== undefined && standing(query.data)
  return (
    <Dialog
      title={t('leave.title', { clusters, mesh })}
      onClose={onClose}
      width={620}
      footer={
        <PrimaryButton action={{ label: t('verb'), disabled: blocked ? t('held') : undefined, onSelect: leave }} />
      }
    >
      <div className="ow-stack">
        <p className="ow-soft">{t('leave.lead')}</p>
        <QueryView query={query} lines={3}>
          {(removal) => (
            <>
              <Conditions
                removal={removal}
                behind={{ clusters: behind, toggle, hint: t('leave.behindHint') }}
                onFix={fix}
              />
              <Stays stays={removal.stays} />
            </>
          )}
        </QueryView>
      </div>
    </Dialog>
  )
}
