import type { Authority, ClusterTrust, MeshCertificates } from '@orbweaver/contracts/certificates'
import { KeyValue } from '@orbweaver/ui/key-value'
import { Section } from '@orbweaver/ui/page'
import { Status } from '@orbweaver/ui/status'
import { Tag } from '@orbweaver/ui/tag'
import { TimeAgo } from '@orbweaver/ui/time-ago'
import { Button } from 'antd'
import { CertificateFacts } from '../../../app/certificate/certificate-facts.tsx'
import { AppLink } from '../../../app/link.tsx'
import { download } from '../../../app/manifest/download.ts'
import { paths } from '../../../paths.ts'
import { useMessage } from '../../../text/messages.ts'
import { Findings } from './findings.tsx'
import { IstiodSection } from './istiod-section.tsx'
import { RootChangeSection } from './root-change.tsx'
import { useCertificateText } from './text.ts'

type Props = {
  mesh: string
  told: MeshCertificates
  /** Of a mesh whose authority is the console's to change. */
  place: { cluster: string; namespace: string } | undefined
}

/** Who signs, which roots clusters trust, what istiod shows, and where a change of root stands. */
export function AuthorityTab(props: Props) {
  const { mesh, told, place } = props
  const { authority, change } = told
  return (
    <>
      <Told told={told} mesh={mesh} />
      <IstiodSection mesh={mesh} />
      {authority !== undefined && change !== undefined && place !== undefined && (
        <RootChangeSection mesh={mesh} place={place} authority={authority} change={change} />
      )}
    </>
  )
}

function Told(props: { told: MeshCertificates; mesh: string }) {
  const t = useCertificateText()
  const say = useMessage()
  const { authority, why, trust, findings, trustDomain } = props.told
  return (
    <>
      {findings.length > 0 && (
        <Section title={t('findings')}>
          <Findings findings={findings} />
        </Section>
      )}
      <Section title={t('authority')}>
        {why !== undefined && <Status health="unknown" word={t('notTold')} reason={say(why)} />}
        <KeyValue
          columns={2}
          facts={[
            ...(authority === undefined ? [] : [{ label: t('kind'), value: t(`kinds.${authority.kind}`) }]),
            ...(trustDomain === undefined ? [] : [{ label: t('trustDomain'), value: <code>{trustDomain}</code> }]),
          ]}
        />
        {authority !== undefined && <AuthorityFacts of={authority} mesh={props.mesh} />}
      </Section>
      <Section title={t('trust')}>
        <p className="ow-soft">{t('trustHint')}</p>
        <ul className="mesh-lines">
          {trust.map((each) => (
            <Trust key={each.cluster} of={each} />
          ))}
        </ul>
      </Section>
    </>
  )
}

function AuthorityFacts(props: { of: Authority; mesh: string }) {
  const t = useCertificateText()
  const { kind, issuing, roots } = props.of
  const pem = roots.map((each) => each.pem).join('')
  return (
    <>
      {issuing !== undefined && (
        <>
          <h3 className="mesh-subtitle">{t('issuing')}</h3>
          <CertificateFacts of={issuing} />
        </>
      )}
      {kind === 'plugged-in' && (
        <>
          <h3 className="mesh-subtitle">{t('roots')}</h3>
          <div className="mesh-roots">
            {roots.map((each) => (
              <CertificateFacts key={each.fingerprint} of={each} />
            ))}
          </div>
        </>
      )}
      {pem !== '' && (
        <div className="mesh-subtitle">
          <Button onClick={() => download({ name: `${props.mesh}-root-cert.pem`, text: pem })}>{t('download')}</Button>
        </div>
      )}
    </>
  )
}

function Trust(props: { of: ClusterTrust }) {
  const t = useCertificateText()
  const say = useMessage()
  const { cluster, role, roots, why } = props.of
  return (
    <li>
      <span className="mesh-line-name">
        <AppLink to={paths.cluster(cluster)}>{cluster}</AppLink> <Tag>{t(`role.${role}`)}</Tag>
      </span>
      <span className="ow-spring" />
      {why !== undefined && <Status health="unknown" word={t('notTold')} reason={say(why)} />}
      <span className="mesh-trusted">
        {roots.map(({ fingerprint, subject, notAfter }) => (
          <span key={fingerprint} title={fingerprint} className="ow-row">
            <code>{fingerprint.slice(0, 16)}</code>
            <span>{subject}</span>
            <span className="ow-muted">
              {t('rootExpires')} <TimeAgo at={notAfter} />
            </span>
          </span>
        ))}
      </span>
    </li>
  )
}
