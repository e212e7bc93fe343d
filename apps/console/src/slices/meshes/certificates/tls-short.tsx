import { KeyValue } from '@orbweaver/ui/key-value'
import { Status } from '@orbweaver/ui/status'
import { TimeAgo } from '@orbweaver/ui/time-ago'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../../api/api.ts'
import { AppLink } from '../../../app/link.tsx'
import { QueryView } from '../../../app/query-view.tsx'
import { paths } from '../../../paths.ts'
import { useMessage } from '../../../text/messages.ts'
import { useCertificateText } from './text.ts'

type Secrets = Awaited<ReturnType<typeof api.security.secrets.call>>

/** In the order of what hurts first. */
const problems = [
  { show: 'missing', health: 'broken' },
  { show: 'expired', health: 'broken' },
  { show: 'unreadable', health: 'broken' },
  { show: 'expiring', health: 'attention' },
] as const

/** The certificates of a mesh's gateways and clients, as far as the viewer may see Secrets: what is wrong, which ends first. */
export function TlsShort(props: { mesh: string }) {
  const { mesh } = props
  const first = { mesh, sort: 'endsAt', size: 1 }
  const query = useQuery(api.security.secrets.queryOptions({ input: first, refetchInterval: 60_000 }))
  return (
    <QueryView query={query} lines={2}>
      {(told) => <Told told={told} mesh={mesh} />}
    </QueryView>
  )
}

function Told(props: { told: Secrets; mesh: string }) {
  const t = useCertificateText()
  const say = useMessage()
  const { mesh } = props
  const { counts, items, total, withheld } = props.told
  const endsAt = items[0]?.endsAt
  const [hidden] = withheld
  return (
    <>
      {problems.map(({ show, health }) => {
        const count = counts[show]
        if (count === 0) return null
        return (
          <p key={show}>
            <AppLink to={paths.tlsSecrets(mesh, { show })}>
              <Status health={health} word={t(`tls.${show}`, { count })} />
            </AppLink>
          </p>
        )
      })}
      {endsAt !== undefined && (
        <KeyValue columns={2} facts={[{ label: t('tls.first'), value: <TimeAgo at={endsAt} /> }]} />
      )}
      {total === 0 && hidden !== undefined && <p className="ow-muted">{say(hidden.why)}</p>}
      <p>
        <AppLink to={paths.tlsSecrets(mesh)}>{t('tls.open')}</AppLink>
      </p>
    </>
  )
}
