import type { Certificate } from '@orbweaver/contracts/certificates'
import { CopyText } from '@orbweaver/ui/copy-text'
import { KeyValue } from '@orbweaver/ui/key-value'
import { TimeAgo } from '@orbweaver/ui/time-ago'
import { useCertificateWords } from './text.ts'

/** One certificate: whose, by whom, until when, and by what to tell it from others. */
export function CertificateFacts(props: { of: Certificate }) {
  const t = useCertificateWords()
  const { subject, issuer, notAfter, key, names, fingerprint } = props.of
  return (
    <KeyValue
      columns={2}
      facts={[
        { label: t('subject'), value: <code>{subject}</code> },
        { label: t('issuer'), value: <code>{issuer}</code> },
        { label: t('expires'), value: <TimeAgo at={notAfter} /> },
        { label: t('key'), value: key },
        ...(names.length === 0 ? [] : [{ label: t('names'), value: <code>{names.join(', ')}</code> }]),
        { label: t('fingerprint'), value: <CopyText text={fingerprint} />, wide: true },
      ]}
    />
  )
}
