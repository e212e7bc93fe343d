import type { IstiodCertificates, MeshCertificates } from '@orbweaver/contracts/certificates'
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
import { Findings } from './findings.tsx'
import { istiodQuery } from './istiod-query.ts'
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
  const istiod = useQuery(istiodQuery(props.mesh)).data
  const ends = endsOf(props.told)
  const istiodEnds = firstEnd(istiod)
  const facts: Fact[] = [
    ...ends.map(({ what, at }) => ({ label: t(`${what}Expires`), value: <TimeAgo at={at} /> })),
    ...(istiodEnds === undefined ? [] : [{ label: t('istiodExpires'), value: <TimeAgo at={istiodEnds} /> }]),
  ]
  const { authority, findings, why } = props.told
  if (authority !== undefined) facts.unshift({ label: t('kind'), value: t(`kinds.${authority.kind}`) })
  return (
    <>
      <Findings findings={[...findings, ...(istiod?.findings ?? [])]} />
      {ends.length === 0 && why !== undefined && <p className="ow-muted">{say(why)}</p>}
      {facts.length > 0 && <KeyValue columns={2} facts={facts} />}
      {istiod !== undefined && istiodEnds === undefined && <NotAsked of={istiod} />}
      <p>
        <AppLink to={paths.meshCertificates(props.mesh)}>{t('open')}</AppLink>
      </p>
    </>
  )
}

/** When what signs is over, and the root above it. */
function endsOf({ authority, trust }: MeshCertificates): { what: 'issuing' | 'root'; at: string }[] {
  const issuing = authority?.issuing
  const root = [...(authority?.roots ?? []), ...trust.flatMap(({ roots }) => roots)][0]
  return [
    ...(issuing === undefined ? [] : [{ what: 'issuing' as const, at: issuing.notAfter }]),
    ...(root === undefined ? [] : [{ what: 'root' as const, at: root.notAfter }]),
  ]
}

/** Which of the replicas' certificates ends first. */
function firstEnd(istiod: IstiodCertificates | undefined): string | undefined {
  return istiod?.replicas.flatMap(({ certificate }) => certificate?.notAfter ?? []).toSorted()[0]
}

/** Why nothing is known of what istiod shows. */
function NotAsked(props: { of: IstiodCertificates }) {
  const t = useCertificateText()
  const say = useMessage()
  const { replicas, why } = props.of
  const reason = why ?? replicas.find((each) => each.why !== undefined)?.why
  return (
    <p>
      <Status health="unknown" word={t('istiodExpires')} reason={reason === undefined ? undefined : say(reason)} />
    </p>
  )
}
