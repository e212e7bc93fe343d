import type { DryRun, PlanItem } from '@orbweaver/contracts/plan'
import { Diff } from '@orbweaver/ui/diff'
import { type Health, StatusShape } from '@orbweaver/ui/status'
import { useId, useState } from 'react'
import { useMessage } from '../../text/messages.ts'
import { ObjectName } from './object-name.tsx'
import { usePlanText } from './text.ts'

/** Every object the plan writes, with the difference and what its API server says to it. */
export function PlanItems(props: { items: PlanItem[]; open: boolean }) {
  return (
    <ol className="ow-items">
      {props.items.map((item) => (
        <Item key={item.id} item={item} names={props.items} open={props.open} />
      ))}
    </ol>
  )
}

function Item(props: { item: PlanItem; names: PlanItem[]; open: boolean }) {
  const t = usePlanText()
  const id = useId()
  const { item } = props
  // What is deleted goes as a whole: its text says less than its name.
  const [open, setOpen] = useState(props.open && item.op !== 'delete')
  // A restart writes when it was asked for, and nothing else.
  const shows = item.op !== 'restart' && (item.before !== undefined || item.after !== undefined)
  return (
    <li className="ow-item">
      <div className="ow-item-head">
        <span className={`ow-op ow-op-${item.op}`}>{t(`op.${item.op}`)}</span>
        <ObjectName of={item.ref} />
        {shows && (
          <button
            type="button"
            className="ow-link"
            aria-expanded={open}
            aria-controls={id}
            onClick={() => setOpen(!open)}
          >
            {open ? t('hideDiff') : t('showDiff')}
          </button>
        )}
      </div>
      <DryRunLine dryRun={item.dryRun} needs={neededBy(item, props.names)} />
      {item.managedBy !== undefined && (
        <p className="ow-dry">
          <StatusShape health="attention" />
          {t('managedBy', item.managedBy)}
        </p>
      )}
      {open && shows && (
        <div id={id} style={{ width: '100%' }}>
          <Diff label={diffName(item, t)} before={item.before ?? ''} after={item.after ?? ''} />
        </div>
      )}
    </li>
  )
}

/** A plan may touch an object twice, and the same name in several clusters: no two of its differences are called alike. */
function diffName({ op, ref }: PlanItem, t: ReturnType<typeof usePlanText>): string {
  const name = ref.namespace === undefined ? ref.name : `${ref.namespace}/${ref.name}`
  return `${t(`op.${op}`)} ${ref.kind} ${name}, ${t('cluster', { cluster: ref.cluster })}`
}

/** What an item waits for, by name: the plan says it by the other item's id. */
function neededBy(item: PlanItem, all: PlanItem[]): string {
  if (item.dryRun.state !== 'depends') return ''
  const { on } = item.dryRun
  const needed = all.find((each) => each.id === on)?.ref
  return needed === undefined ? on : `${needed.kind} ${needed.name}`
}

const health: Record<DryRun['state'], Health> = {
  accepted: 'healthy',
  refused: 'broken',
  depends: 'unknown',
  forbidden: 'broken',
  unreachable: 'attention',
}

function DryRunLine(props: { dryRun: DryRun; needs: string }) {
  const { dryRun } = props
  const words = useDryRunWords(dryRun, props.needs)
  const warned = dryRun.state === 'accepted' && dryRun.warnings.length > 0
  return (
    <>
      <p className="ow-dry">
        <StatusShape health={warned ? 'attention' : health[dryRun.state]} />
        {words}
      </p>
      {dryRun.state === 'refused' && <pre className="ow-words">{dryRun.message}</pre>}
      {warned && (
        <ul className="ow-warnings">
          {dryRun.warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
    </>
  )
}

function useDryRunWords(dryRun: DryRun, needs: string): string {
  const t = usePlanText()
  const say = useMessage()
  switch (dryRun.state) {
    case 'accepted':
      return dryRun.warnings.length > 0 ? t('dryRun.acceptedWarnings') : t('dryRun.accepted')
    case 'refused':
      return dryRun.field === undefined ? t('dryRun.refused') : t('dryRun.refusedField', { field: dryRun.field })
    case 'depends':
      return t('dryRun.depends', { on: needs })
    case 'forbidden':
      return t('permitted.no')
    case 'unreachable':
      return `${t('dryRun.unreachable')}: ${say({ code: dryRun.reason, params: {} })}`
  }
}
