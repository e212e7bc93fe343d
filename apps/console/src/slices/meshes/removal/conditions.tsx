import type { Intent } from '@orbweaver/contracts/intent'
import type { Condition, Removal } from '@orbweaver/contracts/removal'
import { Status, StatusShape } from '@orbweaver/ui/status'
import { Button, Checkbox } from 'antd'
import { ObjectName } from '../../../app/plan/object-name.tsx'
import { MissingRights, withoutRights } from '../../../app/rights/missing-rights.tsx'
import { useMessage } from '../../../text/messages.ts'
import './removal.css'
import { useRemovalText } from './text.ts'

export type Behind = { clusters: readonly string[]; toggle: (cluster: string) => void; hint: string }

/** What stands in the way, each with the one click that takes it away; asked again when that is done. */
export function Conditions(props: { removal: Removal; behind: Behind; onFix: (intent: Intent) => void }) {
  const t = useRemovalText()
  const say = useMessage()
  const { conditions, refused } = props.removal
  const others = withoutRights(refused)
  if (refused.length > 0) {
    return (
      <section className="mesh-conditions" aria-label={t('refused')}>
        <strong>{t('refused')}</strong>
        {others.length > 0 && (
          <ul>
            {others.map((each) => (
              <li key={JSON.stringify(each)}>
                <StatusShape health="broken" /> {say(each)}
              </li>
            ))}
          </ul>
        )}
        <MissingRights reasons={refused} />
      </section>
    )
  }
  return (
    <section className="mesh-conditions" aria-label={t('conditions')}>
      <strong>{t('conditions')}</strong>
      {conditions.length === 0 && <Status health="healthy" word={t('none')} />}
      <ul>
        {conditions.map((each) => (
          <Row key={each.reason.code + each.cluster} condition={each} behind={props.behind} onFix={props.onFix} />
        ))}
      </ul>
    </section>
  )
}

function Row(props: { condition: Condition; behind: Behind; onFix: (intent: Intent) => void }) {
  const t = useRemovalText()
  const say = useMessage()
  const { condition, behind, onFix } = props
  const { reason, cluster, fix, intent, evidence, partial } = condition
  const away = fix === 'leave-behind'
  const left = away && behind.clusters.includes(cluster)
  return (
    <li>
      <div className="mesh-condition">
        <Status health={away ? (left ? 'healthy' : 'attention') : 'broken'} word={say(reason)} />
        {intent !== undefined && (
          <Button size="small" onClick={() => onFix(intent)}>
            {say({ code: `blocker-fix.${fix}`, params: {} })}
          </Button>
        )}
        {fix === 'by-hand' && <span className="ow-muted">{t('byHand')}</span>}
      </div>
      {away && (
        <div className="mesh-condition-choice">
          <Checkbox checked={left} onChange={() => behind.toggle(cluster)}>
            {t('behind', { cluster })}
          </Checkbox>
          <p className="ow-soft">{behind.hint}</p>
        </div>
      )}
      {evidence.length > 0 && (
        <details>
          <summary>{t('objects', { count: evidence.length })}</summary>
          <ul>
            {evidence.map((each) => (
              <li key={JSON.stringify(each)}>
                <ObjectName of={each} />
              </li>
            ))}
          </ul>
        </details>
      )}
      {partial && <small className="ow-muted">{t('partial')}</small>}
    </li>
  )
}

/** What nobody removes when the mesh goes: shown before, so that it is no surprise after. */
export function Stays(props: { stays: Removal['stays'] }) {
  const t = useRemovalText()
  const say = useMessage()
  if (props.stays.length === 0) return null
  return (
    <details className="mesh-conditions">
      <summary>{t('left')}</summary>
      <ul>
        {props.stays.map(({ cluster, code, objects }) => (
          <li key={code + cluster}>
            {say({ code: `leftover.${code}`, params: {} })}{' '}
            <span className="ow-muted">
              {cluster}, {t('objects', { count: objects.length })}
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}

/** What keeps the button of the plan from being of use. */
export function standing(removal: Removal): boolean {
  return removal.refused.length > 0 || removal.conditions.some(({ fix }) => fix !== 'leave-behind')
}
