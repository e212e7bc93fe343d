import type { Cluster } from '@orbweaver/contracts/clusters'
import { Section } from '@orbweaver/ui/page'
import { AppLink } from '../../app/link.tsx'
import { paths } from '../../paths.ts'
import { endsAttention } from './cluster-state.ts'
import { CredentialEnds } from './credential-ends.tsx'
import { useText } from './text.ts'

/** When the credentials in use are over, and what to do before. */
export function ClusterCredentials(props: { cluster: Cluster }) {
  const t = useText()
  const { name, ends, server } = props.cluster
  const attention = endsAttention(ends)
  const replace = <AppLink to={paths.clusterEdit(name)}>{t('ends.replace')}</AppLink>
  return (
    <Section title={t('ends.title')} aside={replace}>
      <div className="ow-stack">
        {ends.length === 0 && <p className="ow-muted">{t(server === undefined ? 'ends.unread' : 'ends.none')}</p>}
        {ends.length > 0 && <CredentialEnds ends={ends} />}
        {attention !== undefined && <p className="ow-soft">{t(`ends.advice.${attention.state}`)}</p>}
      </div>
    </Section>
  )
}
