import type { Change } from '@orbweaver/contracts/history'
import type { Intent, IntentType } from '@orbweaver/contracts/intent'
import { NameField } from '@orbweaver/ui/confirm-by-name'
import { PrimaryButton } from '@orbweaver/ui/page'
import { StatusShape } from '@orbweaver/ui/status'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useSession } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { AppLink } from '../link.tsx'
import { PlanDownload } from './plan-download.tsx'
import { usePlanText, useVerb } from './text.ts'
import type { PlanOptions } from './use-plan.ts'
import { usePlan } from './use-plan.ts'
import type { PlanRun } from './use-plan-run.ts'

const dangerous: ReadonlySet<IntentType> = new Set([
  'clusters.clean',
  'clusters.remove',
  'meshes.delete',
  'meshes.delete-gateways',
  'meshes.leave',
  'objects.delete',
])

/** One button with the verb; when it cannot be pressed it says why. */
export function PlanFooter(props: { run: PlanRun; intent: Intent; options: PlanOptions; onClose: () => void }) {
  const t = usePlanText()
  const { run, intent, options } = props
  const verb = useVerb(intent.type)
  const [reason, setReason] = useState('')
  const [named, setNamed] = useState(false)
  const held = useHeld(run, options.confirmName !== undefined && !named)
  const { readOnly } = useSession()
  return (
    <div className="ow-plan-foot">
      {readOnly && (
        <p className="ow-plan-held">
          <StatusShape health="attention" />
          {t('readOnly')}
        </p>
      )}
      <div className="ow-reason">
        {options.confirmName !== undefined && (
          <NameField name={options.confirmName} onMatch={setNamed} stays={options.stays ?? []} />
        )}
        <label>
          {t('reason')}
          <Input
            value={reason}
            maxLength={500}
            placeholder={t('reasonHint')}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
      </div>
      <div className="ow-plan-buttons">
        {run.plan !== undefined && <PlanDownload plan={run.plan} intent={intent} />}
        <Button onClick={props.onClose}>{t('cancel')}</Button>
        <PrimaryButton
          loading={run.executing}
          action={{
            label: verb,
            danger: dangerous.has(intent.type),
            disabled: held,
            onSelect: () => run.execute(reason.trim()),
          }}
        />
      </div>
    </div>
  )
}

/** Why the button cannot be pressed now. */
function useHeld(run: PlanRun, unnamed: boolean): string | undefined {
  const t = usePlanText()
  const session = useSession()
  if (session.readOnly) return t('readOnly')
  if (run.plan === undefined) return t('planning')
  if (run.reasons.length > 0) return t('isBlocked')
  return unnamed ? t('nameFirst') : undefined
}

export function ProgressFooter(props: { change: Change; onClose: () => void }) {
  const t = usePlanText()
  const plan = usePlan()
  const { change } = props
  const stuck = change.phase === 'failed' || change.phase === 'stopped'
  return (
    <div className="ow-plan-foot">
      <AppLink to={paths.change(change.name)} onFollow={props.onClose}>
        {t('progress.open')}
      </AppLink>
      <span className="ow-spring" />
      {stuck && change.undo.possible && (
        <Button onClick={() => plan.open({ type: 'history.undo', change: change.name })}>{t('progress.undo')}</Button>
      )}
      <Button type="primary" onClick={props.onClose}>
        {t('close')}
      </Button>
    </div>
  )
}
