import type { Finding } from '@orbweaver/contracts/plan'
import { StatusShape } from '@orbweaver/ui/status'
import { useFindingText } from '../../../app/wording.tsx'
import { severityHealth } from '../severity.ts'
import { useText } from '../text.ts'

/** What is wrong with the object as it is in the cluster, worst first. */
export function FoundList(props: { findings: Finding[] }) {
  const t = useText()
  const word = useFindingText()
  if (props.findings.length === 0) return <p className="ow-soft">{t('nothingFound')}</p>
  return (
    <ul className="ow-found">
      {props.findings.map((finding) => {
        const { title, detail } = word(finding)
        return (
          <li key={`${finding.code} ${finding.pointer}`}>
            <StatusShape health={severityHealth[finding.severity]} />
            <div>
              <strong>
                {t(`severity.${finding.severity}`)}: {title}
              </strong>
              <p className="ow-soft">{detail}</p>
              <code>{[finding.pointer, ...finding.aliases].filter((each) => each !== '').join(' · ')}</code>
            </div>
          </li>
        )
      })}
    </ul>
  )
}
