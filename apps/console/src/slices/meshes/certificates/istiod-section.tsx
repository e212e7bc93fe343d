import type { ServedCertificate } from '@orbweaver/contracts/certificates'
import { Section } from '@orbweaver/ui/page'
import { Status } from '@orbweaver/ui/status'
import { TimeAgo } from '@orbweaver/ui/time-ago'
import { useQuery } from '@tanstack/react-query'
import { QueryView } from '../../../app/query-view.tsx'
import { useMessage } from '../../../text/messages.ts'
import { Findings } from './findings.tsx'
import { istiodQuery } from './istiod-query.ts'
import { useCertificateText } from './text.ts'

/** What each istiod shows to those who connect to it, asked by a handshake as the person who looks. */
export function IstiodSection(props: { mesh: string }) {
  const t = useCertificateText()
  const say = useMessage()
  const query = useQuery(istiodQuery(props.mesh))
  return (
    <Section title={t('istiod.title')}>
      <p className="ow-soft">{t('istiod.hint')}</p>
      <QueryView query={query} lines={2}>
        {({ replicas, why, findings }) => (
          <>
            <Findings findings={findings} />
            {why !== undefined && <Status health="unknown" word={t('istiod.notAsked')} reason={say(why)} />}
            <ul className="mesh-lines" aria-label={t('istiod.title')}>
              {replicas.map((each) => (
                <Replica key={each.pod} of={each} />
              ))}
            </ul>
          </>
        )}
      </QueryView>
    </Section>
  )
}

function Replica(props: { of: ServedCertificate }) {
  const t = useCertificateText()
  const say = useMessage()
  const { pod, certificate, under, why } = props.of
  return (
    <li>
      <span className="ow-stack mesh-shown">
        <code>{pod}</code>
        {certificate !== undefined && <span className="ow-muted">{certificate.names.join(', ')}</span>}
      </span>
      {why !== undefined && <Status health="unknown" word={t('notTold')} reason={say(why)} />}
      {certificate !== undefined && (
        <span className="mesh-trusted">
          <span className="ow-row">
            <code title={certificate.fingerprint}>{certificate.fingerprint.slice(0, 16)}</code>
            <span className="ow-muted">
              {t('istiod.expires')} <TimeAgo at={certificate.notAfter} />
            </span>
          </span>
          <span>{under === undefined ? t('istiod.underNone') : t('istiod.under', { subject: under })}</span>
        </span>
      )}
    </li>
  )
}
