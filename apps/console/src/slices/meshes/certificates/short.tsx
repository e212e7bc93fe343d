import type { MeshCertificates } from '@orbweaver/contracts/certificates'
import { Section } from '@orbweaver/ui/page'
import { type Fact, KeyValue } from '@orbweaver/ui/key-value'
import { Status } from '@orbweaver/ui/status'
import { TimeAgo } from '@orbweaver/ui/time-ago'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../../api/api.ts'
import { AppLink } from '../../../app/link.tsx'
import { QueryView } from '../../../app/query-view.tsx'
import { paths } from '../../../paths.ts'
import { useMessage } from '../../../text/messages.ts'
import { useCertificateText } from './text.ts'
import { TlsShort } from './tls-short.tsx'

/** What of a mesh's certificates one should know without asking: when they end, and what is wrong with them. */
export function CertificatesShort(props: { mesh: string }) {
  const t = useCertificateText()
  const query = useQuery(api.meshes.certificates.queryOptions({ input: { name: props.mesh } }))
  return (
    <Section title={t('title')}>
      <div className="ow-stack">
        <QueryView query={query} lines={3}>
          {(told) => <Told told={told} mesh={props.mesh} />}
        </QueryView>
        <TlsShort mesh={props.mesh} />
      </div>
    </Section>
  )
}

function Told(props: { told: MeshCertificates; mesh: string }) {
  const t = useCertificateText()
  const say = useMessage()
  const { authority, trust, findings, why } = props.told
  const root = authority?.roots[0] ?? trust.find(({ roots }) => roots.length > 0)?.roots[0]
  const facts: Fact[] = [
    ...(authority === undefined ? [] : [{ label: t('kind'), value: t(`kinds.${authority.kind}`) }]),
    ...(authority?.issuing === undefined
      ? []
      : [{ label: t('issuingExpires'), value: <TimeAgo at={authority.issuing.notAfter} /> }]),
    ...(root === undefined ? [] : [{ label: t('rootExpires'), value: <TimeAgo at={root.notAfter} /> }]),
  ]
  return (
    <>
      {findings.map(({ severity, message }) => (
        <p key={JSON.stringify(message)}>
          <Status health={severity === 'error' ? 'broken' : 'attention'} word={say(message)} />
        </p>
      ))}
      {facts.length === 0 && why !== undefined ? (
        <p className="ow-muted">{say(why)}</p>
      ) : (
        <KeyValue columns={2} facts={facts} />
      )}
      <p>
        <AppLink to={paths.meshCertificates(props.mesh)}>{t('open')}</AppLink>
      </p>
    </>
  )
}
