import type { CredentialEnd } from '@orbweaver/contracts/clusters'
import { type Health, Status } from '@orbweaver/ui/status'
import { TimeAgo } from '@orbweaver/ui/time-ago'
import { useText } from './text.ts'

const healths: Record<CredentialEnd['state'], Health> = {
  over: 'broken',
  soon: 'attention',
  later: 'healthy',
  unsaid: 'unknown',
}

/** What the console reaches a cluster by, one line each, and when each is over. */
export function CredentialEnds(props: { ends: readonly CredentialEnd[] }) {
  const t = useText()
  return (
    <ul className="ow-conditions" aria-label={t('ends.title')}>
      {props.ends.map(({ of, at, state }) => (
        <li key={of}>
          <span>{t(`ends.of.${of}`)}</span>
          <Status
            health={healths[state]}
            word={t(`ends.state.${state}`)}
            reason={at === undefined ? t('ends.unsaid') : <TimeAgo at={at} />}
          />
        </li>
      ))}
    </ul>
  )
}
