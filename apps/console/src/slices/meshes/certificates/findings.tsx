import type { CertificateFinding } from '@orbweaver/contracts/certificates'
import { Status } from '@orbweaver/ui/status'
import { useMessage } from '../../../text/messages.ts'

/** What is wrong with certificates, a line each. */
export function Findings(props: { findings: readonly CertificateFinding[] }) {
  const say = useMessage()
  if (props.findings.length === 0) return null
  return (
    <ul className="mesh-lines">
      {props.findings.map(({ severity, message }) => (
        <li key={JSON.stringify(message)}>
          <Status health={severity === 'error' ? 'broken' : 'attention'} word={say(message)} />
        </li>
      ))}
    </ul>
  )
}
