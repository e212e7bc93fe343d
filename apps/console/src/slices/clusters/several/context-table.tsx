import { Status } from '@orbweaver/ui/status'
import { Checkbox, Input } from 'antd'
import { useFailure } from '../../../api/failure.ts'
import { useCheckText } from '../../../app/wording.tsx'
import { useMessage } from '../../../text/messages.ts'
import { useText } from '../text.ts'
import { nameFault, networkFault, type Row, told } from './rows.ts'

/** The contexts found, each with its own name and place; those that cannot be used say why. */
export function ContextTable(props: { rows: Row[]; onSet: (context: string, part: Partial<Row>) => void }) {
  const t = useText()
  const { rows, onSet } = props
  const usable = rows.filter((row) => row.refusal === undefined)
  const all = usable.length > 0 && usable.every((row) => row.chosen)
  const chooseAll = (chosen: boolean) => {
    for (const row of usable) onSet(row.context, { chosen })
  }
  return (
    <div className="cluster-several">
      <table aria-label={t('several.table')}>
        <thead>
          <tr>
            <th scope="col">
              <Checkbox
                aria-label={t('several.all')}
                checked={all}
                indeterminate={!all && usable.some((row) => row.chosen)}
                onChange={(event) => chooseAll(event.target.checked)}
              />
            </th>
            <th scope="col">{t('result.context')}</th>
            <th scope="col">{t('column.name')}</th>
            {told.map((key) => (
              <th scope="col" key={key}>
                {t(`form.${key}`)}
              </th>
            ))}
            <th scope="col">{t('result.title')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <ContextRow key={row.context} row={row} rows={rows} onSet={(part) => onSet(row.context, part)} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

type RowProps = { row: Row; rows: Row[]; onSet: (part: Partial<Row>) => void }

function ContextRow(props: RowProps) {
  const t = useText()
  const { row, onSet } = props
  return (
    <tr data-chosen={row.chosen}>
      <td>
        <Checkbox
          aria-label={t('several.choose', { context: row.context })}
          checked={row.chosen}
          disabled={row.refusal !== undefined}
          onChange={(event) => onSet({ chosen: event.target.checked })}
        />
      </td>
      <th scope="row">
        <span className="ow-mono">{row.context}</span>
        {row.server !== undefined && <small className="ow-muted ow-mono">{row.server}</small>}
      </th>
      {row.refusal === undefined && <Fields {...props} />}
      <td colSpan={row.refusal === undefined ? 1 : 2 + told.length}>
        <Verdict of={row} />
      </td>
    </tr>
  )
}

function Fields({ row, rows, onSet }: RowProps) {
  const t = useText()
  const fault = nameFault(row, rows)
  return (
    <>
      <td>
        <Input
          aria-label={t('several.nameOf', { context: row.context })}
          aria-invalid={fault !== undefined}
          status={fault === undefined ? '' : 'error'}
          disabled={!row.chosen}
          value={row.name}
          maxLength={63}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onSet({ name: event.target.value.trim() })}
        />
        {fault !== undefined && (
          <small role="alert" className="ow-ink-broken">
            {t(fault === 'twice' ? 'several.twice' : `fault.${fault}`)}
          </small>
        )}
      </td>
      {told.map((key) => (
        <td key={key}>
          <Input
            aria-label={t('several.fieldOf', { field: t(`form.${key}`), context: row.context })}
            aria-invalid={key === 'network' && networkFault(row)}
            status={key === 'network' && networkFault(row) ? 'error' : ''}
            disabled={!row.chosen}
            value={row[key]}
            maxLength={63}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => onSet({ [key]: event.target.value })}
          />
          {key === 'network' && networkFault(row) && (
            <small role="alert" className="ow-ink-broken">
              {t('fault.network')}
            </small>
          )}
        </td>
      ))}
    </>
  )
}

/** What stands in the way of it, or that nothing does. */
function Verdict({ of }: { of: Row }) {
  const t = useText()
  const say = useMessage()
  const check = useCheckText()
  const failure = useFailure()
  const { refusal, asked } = of
  if (refusal !== undefined) return <Status health="broken" word={t('result.refused')} reason={say(refusal)} />
  switch (asked.state) {
    case 'waiting':
      return <Status health="unknown" word={t('result.waiting')} />
    case 'testing':
      return <Status health="working" word={t('held.testing')} />
    case 'failed':
      return <Status health="broken" word={failure(asked.error).what} reason={failure(asked.error).next} />
    case 'tested': {
      const { accepted, kubernetesVersion, checks, refusal: late } = asked.result
      const open = checks.filter(({ severity }) => severity === 'blocking' || severity === 'warning')
      return (
        <>
          <Status
            health={accepted ? (open.length === 0 ? 'healthy' : 'attention') : 'broken'}
            word={t(accepted ? 'result.passed' : 'result.blocked')}
            reason={late === undefined ? kubernetesVersion : say(late)}
          />
          {open.map((each) => (
            <small key={each.id} className="ow-soft">
              {check(each).text}
            </small>
          ))}
        </>
      )
    }
  }
}
