import type { Authority, ClusterTrust, MeshCertificates } from '@orbweaver/contracts/certificates'
import { KeyValue } from '@orbweaver/ui/key-value'
import { Page, Section } from '@orbweaver/ui/page'
import { Status } from '@orbweaver/ui/status'
import { Tag } from '@orbweaver/ui/tag'
import { TimeAgo } from '@orbweaver/ui/time-ago'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { api } from '../../../api/api.ts'
import { codeOf } from '../../../api/failure.ts'
import { CertificateFacts } from '../../../app/certificate/certificate-facts.tsx'
import { AppLink } from '../../../app/link.tsx'
import { useParam } from '../../../app/location.ts'
import { download } from '../../../app/manifest/download.ts'
import { usePageTitle } from '../../../app/page-title.ts'
import { QueryView } from '../../../app/query-view.tsx'
import { Truths } from '../../../app/truths.tsx'
import { paths } from '../../../paths.ts'
import { useMessage } from '../../../text/messages.ts'
import { MeshGone } from '../mesh-gone.tsx'
import '../meshes.css'
import { useMesh } from '../use-mesh.ts'
import './certificates.css'
import { Findings } from './findings.tsx'
import { IstiodSection } from './istiod-section.tsx'
import { PlugDrawer } from './plug-drawer.tsx'
import { RootChangeSection } from './root-change.tsx'
import { useCertificateText } from './text.ts'

/** The certificates of one mesh: who signs, which roots its clusters trust, how long all that holds. */
export function MeshCertificatesPage() {
  const t = useCertificateText()
  const name = useParam('mesh')
  usePageTitle(t('title'))
  const [plugging, setPlugging] = useState(false)
  const detail = useMesh(name).data
  const query = useQuery(api.meshes.certificates.queryOptions({ input: { name }, refetchInterval: 30_000 }))
  if (codeOf(query.error) === 'meshes.not_found') return <MeshGone mesh={name} />
  const isOurs = detail?.mesh.kind !== 'External'
  const held = isOurs ? undefined : t('held')
  return (
    <Page
      title={t('pageTitle', { mesh: name })}
      primary={
        detail === undefined ? undefined : { label: t('plug'), disabled: held, onSelect: () => setPlugging(true) }
      }
      notice={<Truths truths={query.data?.clusters} />}
    >
      <QueryView query={query} lines={8}>
        {(told) => (
          <>
            <Told told={told} mesh={name} />
            <IstiodSection mesh={name} />
            {told.authority !== undefined && told.change !== undefined && detail !== undefined && isOurs && (
              <RootChangeSection
                mesh={name}
                place={detail.spec.controlPlane}
                authority={told.authority}
                change={told.change}
              />
            )}
          </>
        )}
      </QueryView>
      {plugging && detail !== undefined && (
        <PlugDrawer
          mesh={name}
          place={detail.spec.controlPlane}
          present={query.data?.authority}
          onClose={() => setPlugging(false)}
        />
      )}
    </Page>
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
