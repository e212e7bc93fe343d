import type { ObjectRef } from '@orbweaver/contracts/kubernetes'
import type { Finding, Severity } from '@orbweaver/contracts/plan'
import { type Health, StatusShape } from '@orbweaver/ui/status'
import { fieldAt } from '../field-path.ts'
import { AppLink } from '../link.tsx'
import { useFindingText } from '../wording.tsx'
import { ObjectName } from './object-name.tsx'
import { usePlanText } from './text.ts'

const health: Record<Severity, Health> = {
  rejected: 'broken',
  error: 'broken',
  warning: 'attention',
  info: 'unknown',
}

/** Findings of one group, worst first as the server orders them. */
export function Findings(props: {
  title: string
  findings: Finding[]
  open?: boolean
  solved?: boolean
  /** Where an object is looked at, if there is such a page. */
  placeOf?: (ref: ObjectRef) => string | undefined
  onFollow?: () => void
}) {
  const t = usePlanText()
  const word = useFindingText()
  if (props.findings.length === 0) return null
  return (
    <details open={props.open === true}>
      <summary>
        {props.title} <span className="ow-muted ow-number">{props.findings.length}</span>
      </summary>
      <ul>
        {props.findings.map((finding) => (
          <li key={`${finding.code}${JSON.stringify(finding.ref)}${finding.pointer}`} className="ow-finding">
            <StatusShape health={props.solved === true ? 'healthy' : health[finding.severity]} />
            <div>
              <span className="ow-hidden">{`${t(`severity.${finding.severity}`)}: `}</span>
              {word(finding).title}
              <div className="ow-row">
                <Named of={finding.ref} to={props.placeOf?.(finding.ref)} onFollow={props.onFollow} />
                <code>
                  {[fieldAt(finding.pointer), finding.code, ...finding.aliases]
                    .filter((each) => each !== '')
                    .join(' · ')}
                </code>
              </div>
            </div>
          </li>
        ))}
      </ul>
    </details>
  )
}

function Named(props: { of: ObjectRef; to: string | undefined; onFollow: (() => void) | undefined }) {
  const { of, to, onFollow } = props
  if (to === undefined) return <ObjectName of={of} />
  return (
    <AppLink to={to} {...(onFollow !== undefined && { onFollow })}>
      <ObjectName of={of} />
    </AppLink>
  )
}
