import type { Message } from '@orbweaver/contracts/message'
import type { MetricsSource } from '@orbweaver/contracts/metrics'
import { type Health, Status } from '@orbweaver/ui/status'
import { TimeAgo } from '@orbweaver/ui/time-ago'
import { AppLink } from '../link.tsx'
import { paths } from '../../paths.ts'
import { useMessage } from '../../text/messages.ts'
import './metrics.css'
import { useMetricText } from './text.ts'
import { isSlow, type Load } from './use-load.ts'

const health: Record<MetricsSource['state'], Health> = {
  answered: 'healthy',
  partial: 'attention',
  silent: 'broken',
  none: 'unknown',
  hidden: 'unknown',
}

/** Which Prometheus told what is shown; open while one did not tell all. */
export function Sources(props: { load: Pick<Load, 'sources' | 'hidden'> }) {
  const t = useMetricText()
  const { sources, hidden } = props.load
  const answered = sources.filter(({ state }) => state === 'answered').length
  return (
    <section className="metrics-sources" aria-label={t('sources.title')}>
      <details open={answered < sources.length}>
        <summary>{t('sources.told', { count: sources.length, answered })}</summary>
        <ul>
          {sources.map((source) => (
            <li key={source.cluster}>
              <Source of={source} />
            </li>
          ))}
        </ul>
      </details>
      {hidden && <p className="ow-soft">{t('sources.left')}</p>}
    </section>
  )
}

function Source(props: { of: MetricsSource }) {
  const t = useMetricText()
  const say = useMessage()
  const { cluster, state, why, warnings, asOf } = props.of
  // That nobody said where it is, its state says already.
  const said = why === undefined || state === 'none' ? [] : [say(inOwnWords(why))]
  const reasons = state === 'hidden' ? [t('sources.hiddenWhy')] : [...said, ...warnings]
  return (
    <>
      <strong>{cluster}</strong>
      {isSlow(props.of) ? (
        <Status health="working" word={t('sources.slow')} />
      ) : (
        <Status health={health[state]} word={t(`sources.${state}`)} />
      )}
      {asOf !== undefined && (
        <span className="ow-muted">
          {state === 'silent' && `${t('sources.last')} `}
          <TimeAgo at={asOf} />
        </span>
      )}
      {reasons.map((reason) => (
        <span key={reason} className="ow-soft">
          {reason}
        </span>
      ))}
      {state === 'none' && <AppLink to={paths.clusterEdit(cluster)}>{t('sources.edit')}</AppLink>}
      {(state === 'silent' || state === 'partial') && !isSlow(props.of) && (
        <AppLink to={paths.cluster(cluster)}>{t('sources.check')}</AppLink>
      )}
    </>
  )
}

/** Codes of the way to an API server, for one to a Prometheus: that may be another. */
const ownWords = ['timeout', 'unreachable', 'tls', 'too_large', 'bad_answer'].map((each) => `kube.${each}`)

function inOwnWords(why: Message): Message {
  const { what } = why.params
  if (typeof what !== 'string' || !ownWords.includes(what)) return why
  return { ...why, params: { ...why.params, what: what.replace('kube.', 'metrics.what.') } }
}
