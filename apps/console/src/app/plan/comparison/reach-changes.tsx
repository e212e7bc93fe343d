import type { ReachChange } from '@orbweaver/contracts/compare'
import type { AccessCell } from '@orbweaver/contracts/explain-access'
import { type ObjectRef, refKey } from '@orbweaver/contracts/kubernetes'
import { paths, refPath } from '../../../paths.ts'
import { Pair, Verdict } from '../../explain/compared.tsx'
import { useExplainText } from '../../explain/text.ts'
import { useComparedReach } from '../../explain/use-compared.ts'
import { undecided } from '../../explain/verdicts.ts'
import { AppLink } from '../../link.tsx'
import { QueryView } from '../../query-view.tsx'
import { type PlanDraft, usePlan } from '../use-plan.ts'
import { useListed } from '../../../text/use-language.ts'

/** Who could call which workload and can no longer, and the reverse. */
export function ReachChanges(props: { draft: PlanDraft; onFollow: (() => void) | undefined }) {
  const t = useExplainText()
  const query = useComparedReach(props.draft)
  return (
    <div className="ow-compared-part">
      <h4>{t('reach')}</h4>
      <QueryView query={query} lines={2}>
        {({ changes, total, tooMany }) => {
          if (tooMany) return <p>{t('reachMany')}</p>
          if (total === 0) return <p className="ow-soft">{t('reachSame')}</p>
          return (
            <>
              {changes.length < total && <p>{t('reachShown', { shown: changes.length, total })}</p>}
              {groups.map((each) => (
                <Group key={each} of={each} changes={changes.filter((change) => groupOf(change) === each)} {...props} />
              ))}
            </>
          )
        }}
      </QueryView>
    </div>
  )
}

const groups = ['loses', 'limited', 'wins', 'other'] as const
type GroupName = (typeof groups)[number]

function groupOf({ before, after }: ReachChange): GroupName {
  const [was, is] = [before, after].map((cell) => cell?.verdict === 'allowed')
  if (was === is) return 'other'
  if (is === true) return 'wins'
  return after !== undefined && undecided(after.verdict) === 'open' ? 'limited' : 'loses'
}

type Following = { draft: PlanDraft; onFollow: (() => void) | undefined }

function Group(props: { of: GroupName; changes: readonly ReachChange[] } & Following) {
  const t = useExplainText()
  const { of, changes, ...following } = props
  if (changes.length === 0) return null
  return (
    <details open={of !== 'other' || changes.length < 6}>
      <summary>
        {t(of)} <span className="ow-muted ow-number">{changes.length}</span>
      </summary>
      <ul className="ow-compared-list">
        {changes.map((change, index) => (
          <li key={index}>
            <Change of={change} {...following} />
          </li>
        ))}
      </ul>
    </details>
  )
}

function Change(props: { of: ReachChange } & Following) {
  const t = useExplainText()
  const { setDraft } = usePlan()
  const listed = useListed()
  const { before, after, callers } = props.of
  const one = after ?? before
  if (one === undefined) return null
  const [first] = one.from.workloads
  const from = one.from.workloads.slice(0, 3).map(place)
  const more = callers - from.length
  const who = [listed(from), ...(more > 0 ? [t('more', { count: more })] : [])].join(' ')
  const address =
    first &&
    paths.explainCall(props.draft.mesh, { from: refPath(first), to: refPath(one.to.ref), port: String(one.to.port) })
  return (
    <>
      <div className="ow-compared-head">
        <span>
          <code>{who}</code> → <code>{`${place(one.to.ref)}:${one.to.port}`}</code>
        </span>
        <span className="ow-tag">{one.to.ref.cluster}</span>
        <span className="ow-spring" />
        {address !== undefined && (
          <AppLink
            to={address}
            label={`${t('explain')}: ${t('calls', { from: who, to: place(one.to.ref) })}`}
            onFollow={() => {
              setDraft(props.draft)
              props.onFollow?.()
            }}
          >
            {t('explain')}
          </AppLink>
        )}
      </div>
      <dl className="ow-compared" key={refKey(one.to.ref)}>
        <Pair before={<Side of={before} />} after={<Side of={after} />} />
      </dl>
    </>
  )
}

function Side(props: { of: AccessCell | undefined }) {
  const t = useExplainText()
  return props.of === undefined ? <>{t('absent')}</> : <Verdict of={props.of.verdict} />
}

function place({ namespace, name }: ObjectRef): string {
  return namespace === undefined ? name : `${namespace}/${name}`
}
