import type { KnownFinding } from '@orbweaver/contracts/findings'
import { StatusShape } from '@orbweaver/ui/status'
import { Tag } from '@orbweaver/ui/tag'
import { severityHealth } from '../../../app/found-cell.tsx'
import { useFindingText } from '../../../app/wording.tsx'
import { FindingDetail } from '../findings/detail.tsx'
import { useFoundText } from '../findings/text.ts'
import { useText } from '../text.ts'

/** What is wrong with the object as it is in the cluster, worst first, with its evidence; then what is muted. */
export function FoundList(props: { mesh: string; findings: KnownFinding[] }) {
  const t = useText()
  const { mesh, findings } = props
  const [open, muted] = [false, true].map((wanted) => findings.filter(({ mute }) => (mute !== undefined) === wanted))
  return (
    <>
      {open?.length === 0 && <p className="ow-soft">{t('nothingFound')}</p>}
      <ul className="ow-found">
        {[...(open ?? []), ...(muted ?? [])].map((finding) => (
          <FoundItem key={JSON.stringify([finding.code, finding.pointer, finding.params])} {...{ mesh, finding }} />
        ))}
      </ul>
    </>
  )
}

function FoundItem(props: { mesh: string; finding: KnownFinding }) {
  const t = useText()
  const found = useFoundText()
  const word = useFindingText()
  const { mesh, finding } = props
  const { severity, mute } = finding
  return (
    <li>
      <StatusShape health={severityHealth[severity]} />
      <details open={mute === undefined}>
        <summary>
          <strong>{t('saidOf', { what: t(`severity.${severity}`), said: word(finding).title })}</strong>{' '}
          {mute !== undefined && <Tag>{found('muted')}</Tag>}
        </summary>
        <FindingDetail mesh={mesh} finding={finding} />
      </details>
    </li>
  )
}
