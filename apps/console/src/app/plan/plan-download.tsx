import type { Intent } from '@orbweaver/contracts/intent'
import type { Plan } from '@orbweaver/contracts/plan'
import { Icon } from '@orbweaver/ui/icon'
import { MenuButton } from '@orbweaver/ui/menu-button'
import { useMessage } from '../../text/messages.ts'
import { download } from '../manifest/download.ts'
import { planFiles, planPatch, subjectOf } from './plan-files.ts'
import { usePlanText } from './text.ts'

/** The plan to take away, for who applies by other means: also where it cannot be executed, and in read-only mode. */
export function PlanDownload(props: { plan: Plan; intent: Intent }) {
  const t = usePlanText()
  const say = useMessage()
  const subject = subjectOf(props.intent)
  const files = planFiles(props.plan, subject, { t, say })
  const patch = planPatch(props.plan, subject, { t, say })
  if (files.length === 0) return null
  const entries = [
    ...files.map((file) => ({ file, label: t('download.yaml') })),
    ...(patch === undefined ? [] : [{ file: patch, label: t('download.patch') }]),
  ]
  return (
    <MenuButton
      label={t('download.label')}
      trigger={
        <>
          {t('download.label')} <Icon name="down" />
        </>
      }
      className="ow-plan-download"
      side="above"
      entries={entries.map(({ file, label }) => ({
        key: file.name,
        label: (
          <>
            {label} <code>{file.name}</code>
          </>
        ),
        onSelect: () => download(file),
      }))}
    />
  )
}
