import type { ProxyCertificate } from '@orbweaver/contracts/certificates'
import type { Column } from '@orbweaver/ui/data-table'
import { type Health, Status } from '@orbweaver/ui/status'
import { TimeAgo } from '@orbweaver/ui/time-ago'
import { useMessage } from '../../../text/messages.ts'
import { useCertificateText } from './text.ts'

const stateHealth: Record<NonNullable<ProxyCertificate['state']>, Health> = {
  valid: 'healthy',
  overdue: 'attention',
  expired: 'broken',
  'not-yet': 'broken',
}

const rootHealth: Record<NonNullable<ProxyCertificate['root']>, Health> = {
  current: 'healthy',
  other: 'attention',
  foreign: 'broken',
}

export function useProxyColumns(): Column<ProxyCertificate>[] {
  const t = useCertificateText()
  return [
    {
      key: 'pod',
      title: t('proxies.pod'),
      sort: 'pod',
      always: true,
      width: '34%',
      render: ({ pod, owner }) => <span title={`${pod.name}, ${owner.kind} ${owner.name}`}>{pod.name}</span>,
    },
    { key: 'state', title: t('proxies.state'), sort: 'state', width: '16%', render: (row) => <State of={row} /> },
    {
      key: 'identity',
      title: t('proxies.identity'),
      width: '18%',
      render: ({ identity, pod }) =>
        identity === undefined ? <Nothing /> : <code title={identity}>{accountOf(identity, pod.namespace)}</code>,
    },
    { key: 'root', title: t('proxies.root'), sort: 'root', width: '16%', render: (row) => <Root of={row} /> },
    {
      key: 'begins',
      title: t('proxies.begins'),
      optional: true,
      render: ({ certificate }) => <TimeAgo at={certificate?.notBefore} />,
    },
    {
      key: 'expires',
      title: t('proxies.expires'),
      sort: 'expires',
      render: ({ certificate }) => <TimeAgo at={certificate?.notAfter} />,
    },
    {
      key: 'namespace',
      title: t('proxies.namespace'),
      sort: 'namespace',
      render: ({ pod }) => pod.namespace,
    },
    { key: 'cluster', title: t('cluster'), sort: 'cluster', render: ({ pod }) => pod.cluster },
  ]
}

/** Without the trust domain, which is the same for all; the account alone where the namespace is the Pod's. */
function accountOf(identity: string, namespace = ''): string {
  const path = identity.replace(/^spiffe:\/\/[^/]+/, '')
  const own = `/ns/${namespace}/sa/`
  return path.startsWith(own) ? path.slice(own.length) : path
}

function Nothing() {
  return <span className="ow-muted">–</span>
}

function State(props: { of: ProxyCertificate }) {
  const t = useCertificateText()
  const say = useMessage()
  const { state, why } = props.of
  if (state === undefined) {
    return <Status health="unknown" word={t('notTold')} reason={why === undefined ? undefined : say(why)} />
  }
  return <Status health={stateHealth[state]} word={t(`proxies.states.${state}`)} />
}

/** Which root its certificate leads to, and whether it trusts all that the mesh has. */
function Root(props: { of: ProxyCertificate }) {
  const t = useCertificateText()
  const { root, under, missing = 0 } = props.of
  if (root === undefined) return <Nothing />
  return (
    <span className="ow-stack">
      <Status health={rootHealth[root]} word={t(`proxies.roots.${root}`)} />
      {root !== 'current' && under !== undefined && <span className="ow-muted">{under}</span>}
      {missing > 0 && <span className="ow-muted">{t('proxies.missing', { count: missing })}</span>}
    </span>
  )
}
