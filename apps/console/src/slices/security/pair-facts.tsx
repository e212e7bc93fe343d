import type { Certificate } from '@orbweaver/contracts/certificates'
import type { Message } from '@orbweaver/contracts/message'
import { Section } from '@orbweaver/ui/page'
import { Status } from '@orbweaver/ui/status'
import { useEffect, useState } from 'react'
import { CertificateFacts } from '../../app/certificate/certificate-facts.tsx'
import { useMessage } from '../../text/messages.ts'
import { useText } from './text.ts'

type Read = { certificates: Certificate[]; faults: Message[]; notes: Message[] } | 'unread'

/** What was pasted, read in this browser: whose it is, until when, and whether the key fits. */
export function PairFacts(props: { certificate: string; privateKey: string; ca: string }) {
  const t = useText()
  const say = useMessage()
  const { certificate, privateKey, ca } = props
  const [told, setTold] = useState<{ of: string; read: Read }>()
  const given = [certificate, privateKey, ca].join('\n')
  // A key may lie in no cache: what comes of it is state of this form, and goes with it.
  useEffect(() => {
    let current = true
    const pair = { certificate, key: privateKey, ...(ca.trim() !== '' && { ca }) }
    const tell = (read: Read) => {
      if (current) setTold({ of: given, read })
    }
    // The plan reads it again in any case: what could not be loaded or done here is said, and holds nothing up.
    void readPair(pair).then(tell, () => tell('unread'))
    return () => {
      current = false
    }
  }, [certificate, privateKey, ca, given])
  const read = told?.of === given && certificate.trim() !== '' ? told.read : undefined
  if (read === undefined) return null
  if (read === 'unread') return <p className="ow-muted">{t('form.insecure')}</p>
  const [own] = read.certificates
  // While there is no key yet its absence is no fault.
  const faults = read.faults.filter(({ code }) => privateKey.trim() !== '' || code !== 'security.key_unreadable')
  return (
    <Section title={t('form.facts')}>
      <div aria-live="polite">
        {faults.map((fault) => (
          <p key={JSON.stringify(fault)}>
            <Status health="broken" word={say(fault)} />
          </p>
        ))}
        {read.notes.map((note) => (
          <p key={note.code}>
            <Status health="attention" word={say(note)} />
          </p>
        ))}
        {faults.length === 0 && privateKey.trim() !== '' && (
          <p>
            <Status health="healthy" word={t('form.keyFits')} />
          </p>
        )}
      </div>
      {own !== undefined && <CertificateFacts of={own} />}
    </Section>
  )
}

/** The library is large and comes when it is needed. Browsers have WebCrypto only where nobody listens. */
async function readPair(pair: { certificate: string; key: string; ca?: string }): Promise<Read> {
  if (!isSecureContext) return 'unread'
  const { checkPair } = await import('@orbweaver/istio/certificates/check-credential')
  const { certificates, faults, notes } = await checkPair(pair, new Date())
  return { certificates: certificates.map(({ facts }) => facts), faults, notes }
}
