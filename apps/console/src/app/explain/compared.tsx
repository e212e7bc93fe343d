import type {
  AccessComparison,
  ComparedDestination,
  ComparedPolicy,
  InjectionBeside,
  RouteComparison,
} from '@orbweaver/contracts/compare'
import type { Place } from '@orbweaver/contracts/explain'
import { Status } from '@orbweaver/ui/status'
import { Fragment, type ReactNode } from 'react'
import { useMessage } from '../../text/messages.ts'
import { Breaking } from './breaking.tsx'
import { Outcome } from './outcome.tsx'
import { PlaceLink } from './place-link.tsx'
import { PolicyValue } from './policy-value.tsx'
import { useExplainText } from './text.ts'
import { injectionHealth, undecided, verdictHealth } from './verdicts.ts'
import './compared.css'

/** What a plan makes of a request: what stays is told in one line, what changes side by side. */
export function ComparedRoute(props: { mesh: string; of: RouteComparison }) {
  const { mesh, of } = props
  const { before, after, differs, destinations, policies } = of
  const sharesDiffer = destinations.some(isMoved)
  // Where all is about one destination its name says nothing.
  const several = new Set([...destinations, ...policies].flatMap((each) => each.cluster ?? [])).size > 1
  const isSame = !differs.outcome && !differs.decidedBy && !sharesDiffer && policies.length === 0
  if (isSame) return <Same now={<Outcome outcome={after.outcome} />} />
  return (
    <dl className="ow-compared">
      {differs.outcome ? (
        <Pair before={<Outcome outcome={before.outcome} />} after={<Outcome outcome={after.outcome} />} />
      ) : (
        <Kept>
          <Outcome outcome={after.outcome} />
        </Kept>
      )}
      {sharesDiffer && destinations.map((each) => <Destination key={each.cluster} of={each} />)}
      {policies.map((each) => (
        <Policy key={`${each.name} ${each.cluster ?? ''}`} of={each} showCluster={several} />
      ))}
      {differs.decidedBy && <Decided mesh={mesh} before={before.decidedBy} after={after.decidedBy} />}
    </dl>
  )
}

/** The same of a call. */
export function ComparedCall(props: { mesh: string; of: AccessComparison }) {
  const { before, after, differs } = props.of
  if (!differs.verdict && !differs.decidedBy) return <Same now={<Verdict of={after.verdict} />} />
  return (
    <dl className="ow-compared">
      {differs.verdict ? (
        <Pair before={<Verdict of={before.verdict} />} after={<Verdict of={after.verdict} />} />
      ) : (
        <Kept>
          <Verdict of={after.verdict} />
        </Kept>
      )}
      {differs.decidedBy && (
        <Decided
          mesh={props.mesh}
          before={before.decidedBy}
          after={after.decidedBy}
          nobody={{ before: undecided(before.verdict), after: undecided(after.verdict) }}
        />
      )}
    </dl>
  )
}

/** The same of new Pods. */
export function ComparedPods(props: { mesh: string; of: InjectionBeside }) {
  const { before, after, differs } = props.of
  if (!differs.outcome && !differs.decidedBy) return <Same now={<Injected of={after} />} />
  return (
    <dl className="ow-compared">
      {differs.outcome ? (
        <Pair before={<Injected of={before} />} after={<Injected of={after} />} />
      ) : (
        <Kept>
          <Injected of={after} />
        </Kept>
      )}
      {differs.decidedBy && <Decided mesh={props.mesh} before={before.decidedBy} after={after.decidedBy} />}
    </dl>
  )
}

/** What new Pods get, and of which revision. */
export function Injected(props: { of: Pick<InjectionBeside['after'], 'outcome' | 'by'> }) {
  const say = useMessage()
  const { outcome, by } = props.of
  return (
    <>
      <Status health={injectionHealth[outcome]} word={say({ code: `injection.outcome.${outcome}`, params: {} })} />{' '}
      {by !== null && <code>{by.revision}</code>}
    </>
  )
}

/** An end that the viewer has not, or has no more. */
export function NotThere() {
  const t = useExplainText()
  return <p className="ow-soft">{t('notThere')}</p>
}

export function Verdict(props: { of: AccessComparison['after']['verdict'] }) {
  const say = useMessage()
  return <Status health={verdictHealth[props.of]} word={say({ code: `access.verdict.${props.of}`, params: {} })} />
}

function Same(props: { now: ReactNode }) {
  const t = useExplainText()
  return (
    <p className="ow-compared-same">
      {t('same')} · {props.now}
    </p>
  )
}

function Kept(props: { children: ReactNode }) {
  const t = useExplainText()
  return (
    <div className="ow-compared-kept">
      <dt>{t('outcome')}</dt>
      <dd>{props.children}</dd>
    </div>
  )
}

/** Before and after, told apart for those who do not see them beside each other too. */
export function Pair(props: { label?: ReactNode; before: ReactNode; after: ReactNode }) {
  const t = useExplainText()
  return (
    <div>
      <dt>{props.label ?? t('outcome')}</dt>
      <dd>
        <span className="ow-hidden">{`${t('before')}: `}</span>
        <del>{props.before}</del>
        <span aria-hidden="true"> → </span>
        <span className="ow-hidden">{`${t('after')}: `}</span>
        <ins>{props.after}</ins>
      </dd>
    </div>
  )
}

function isMoved({ before, after }: ComparedDestination): boolean {
  return before?.weight !== after?.weight || before?.fails?.code !== after?.fails?.code
}

function Destination(props: { of: ComparedDestination }) {
  const { host, port, subset, cluster, before, after } = props.of
  const name = (
    <code title={cluster}>
      {`${host}:${port}`}
      {subset !== undefined && ` ${subset}`}
    </code>
  )
  return isMoved(props.of) ? (
    <Pair label={name} before={<Share of={before} />} after={<Share of={after} />} />
  ) : (
    <div className="ow-compared-kept">
      <dt>{name}</dt>
      <dd>
        <Share of={after} />
      </dd>
    </div>
  )
}

function Share(props: { of: ComparedDestination['after'] }) {
  const t = useExplainText()
  const say = useMessage()
  const { of } = props
  if (of === undefined) return <>0 %</>
  const share = `${String(Math.round(of.weight * 100) / 100)} %`
  if (of.fails === undefined) return <>{share}</>
  return (
    <>
      {share} ({t('fails', { why: say({ ...of.fails, code: `route.step.${of.fails.code}` }) })})
    </>
  )
}

function Policy(props: { of: ComparedPolicy; showCluster: boolean }) {
  const t = useExplainText()
  const { name, cluster, before, after } = props.of
  const word = (of: ComparedPolicy['after']) =>
    of === undefined ? t('unset') : <PolicyValue name={name} of={of.value} />
  return (
    <Pair
      label={
        <Fragment>
          {t(`policyNames.${name}`)}{' '}
          {props.showCluster && cluster !== undefined && (
            <code>
              <Breaking text={cluster} />
            </code>
          )}
        </Fragment>
      }
      before={word(before)}
      after={word(after)}
    />
  )
}

function Decided(props: {
  mesh: string
  before: Place | null
  after: Place | null
  nobody?: Record<'before' | 'after', ReturnType<typeof undecided>>
}) {
  const t = useExplainText()
  const word = (side: 'before' | 'after') => {
    const of = props[side]
    if (of !== null) return <PlaceLink mesh={props.mesh} of={of} />
    return t(props.nobody?.[side] ?? 'byDefault')
  }
  return <Pair label={t('decided')} before={word('before')} after={word('after')} />
}
