import type { KubeconfigOrigin } from '@orbweaver/contracts/intent'
import { Failure } from '@orbweaver/ui/failure'
import { Page } from '@orbweaver/ui/page'
import { Skeleton } from '@orbweaver/ui/skeleton'
import { Button } from 'antd'
import { useFailureOf } from '../../../api/failure.ts'
import { useGo } from '../../../app/location.ts'
import { usePlan } from '../../../app/plan/use-plan.ts'
import { paths } from '../../../paths.ts'
import { useMessage } from '../../../text/messages.ts'
import { useText } from '../text.ts'
import { severalHeld, severalIntent } from './rows.ts'
import { ContextTable } from './context-table.tsx'
import { useSeveral } from './use-several.ts'

/** Several contexts of one kubeconfig, registered by one plan. */
export function SeveralPage(props: { source: KubeconfigOrigin; onBack: () => void; onStarted: () => void }) {
  const t = useText()
  const say = useMessage()
  const plan = usePlan()
  const go = useGo()
  const { rows, refusal, error, set } = useSeveral(props.source)
  const failure = useFailureOf(error)
  const held = rows === undefined ? 'testing' : severalHeld(rows)
  const chosen = rows?.filter((row) => row.chosen).length ?? 0
  const register = () =>
    rows !== undefined &&
    plan.open(severalIntent(rows, props.source), { onStarted: props.onStarted, onDone: () => go(paths.clusters()) })
  return (
    <Page title={t('several.title')} facts={[t('several.lead')]}>
      <div className="ow-stack">
        {failure !== undefined && <Failure failure={failure} />}
        {refusal !== undefined && <Failure failure={{ what: t('result.refused'), next: say(refusal) }} />}
        {rows === undefined && failure === undefined && <Skeleton lines={6} />}
        {rows !== undefined && refusal === undefined && <ContextTable rows={rows} onSet={set} />}
        <output className="ow-soft">
          {held === undefined ? t('several.ready', { count: chosen }) : t(`several.held.${held}`)}
        </output>
        <div className="ow-row">
          <Button type="primary" disabled={held !== undefined} onClick={register}>
            {t('several.verb', { count: chosen })}
          </Button>
          <Button onClick={props.onBack}>{t('several.back')}</Button>
        </div>
      </div>
    </Page>
  )
}
