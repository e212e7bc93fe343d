import type { IstiodCertificates } from '@orbweaver/contracts/certificates'
import { Section } from '@orbweaver/ui/page'
import { type Fact, KeyValue } from '@orbweaver/ui/key-value'
import { Status } from '@orbweaver/ui/status'
import { TimeAgo } from '@orbweaver/ui/time-ago'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../../api/api.ts'
import { AppLink } from '../../../app/link.tsx'
import { paths } from '../../../paths.ts'
import { useMessage } from '../../../text/messages.ts'
import { Findings } from './findings.tsx'
import { istiodQuery } from './istiod-query.ts'
import { useCertificateText } from './text.ts'
import { TlsShort } from './tls-short.tsx'

/** What of a mesh's certificates one should know without asking: when they end, and what is wrong with them. */
export function CertificatesShort(props: { mesh: string }) {
  const t = useCertificateText()
  const say = useMessage()
  const { data } = useQuery(api.meshes.certificates.queryOptions({ input: { name: props.mesh } }))
  const istiod = useQuery(istiodQuery(props.mesh)).data
  if (data === undefined) return null
  const { authority, trust, why } = data
  const root = authority?.roots[0] ?? trust.find(({ roots }) => roots.length > 0)?.roots[0]
  const facts: Fact[] = [
    ...(authority === undefined ? [] : [{ label: t('kind'), value: t(`kinds.${authority.kind}`) }]),
    ...(authority?.issuing === undefined
      ? []
      : [{ label: t('issuingExpires'), value: <TimeAgo at={authority.issuing.notAfter} /> }]),
    ...(root === undefined ? [] : [{ label: t('rootExpires'), value: <TimeAgo at={root.notAfter} /> }]),
    ...(istiod === undefined ? [] : [{ label: t('istiodExpires'), value: <IstiodEnd of={istiod} /> }]),
  ]
  return (
    <Section title={t('title')}>
      <Findings findings={[...data.findings, ...(istiod?.findings ?? [])]} />
      {authority === undefined && root === undefined && why !== undefined && <p className="ow-muted">{say(why)}</p>}
      {facts.length > 0 && <KeyValue columns={2} facts={facts} />}
      <p>
        <AppLink to={paths.meshCertificates(props.mesh)}>{t('open')}</AppLink>
      </p>
      <TlsShort mesh={props.mesh} />
    </Section>
  )
}

/** Which of the replicas' certificates ends first; or why none is known. */
function IstiodEnd(props: { of: IstiodCertificates }) {
  const t = useCertificateText()
  const say = useMessage()
  const { replicas, why } = props.of
  const [first] = replicas.flatMap(({ certificate }) => certificate?.notAfter ?? []).toSorted()
  if (first !== undefined) return <TimeAgo at={first} />
  const reason = why ?? replicas.find((each) => each.why !== undefined)?.why
  return <Status health="unknown" word={t('istiod.notAsked')} reason={reason === undefined ? undefined : say(reason)} />
}
