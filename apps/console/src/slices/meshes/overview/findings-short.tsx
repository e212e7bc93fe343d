import type { FindingsPage } from '@orbweaver/contracts/findings'
import type { Severity } from '@orbweaver/contracts/plan'
import { Section } from '@orbweaver/ui/page'
import { Status } from '@orbweaver/ui/status'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../../api/api.ts'
import { severityHealth } from '../../../app/found-cell.tsx'
import { AppLink } from '../../../app/link.tsx'
import { ObjectName } from '../../../app/plan/object-name.tsx'
import { usePlanText } from '../../../app/plan/text.ts'
import { QueryView } from '../../../app/query-view.tsx'
import { unreadIn } from '../../../app/truths.tsx'
import { useFindingText } from '../../../app/wording.tsx'
import { paths } from '../../../paths.ts'
import './findings-short.css'
import { useOverviewText } from './text.ts'

/** Worst first, as the contract has them. */
const severities = ['rejected', 'error', 'warning', 'info'] satisfies Severity[]
const shown = 3

/** How much is wrong in a mesh, by severity, and the worst of it; all of it is on its own page. */
export function FindingsShort(props: { mesh: string }) {
  const t = useOverviewText()
  const query = useQuery(api.objects.findings.queryOptions({ input: { mesh: props.mesh, size: shown } }))
  return (
    <Section title={t('found.title')}>
      <QueryView query={query} lines={3}>
        {(page) => <Told mesh={props.mesh} page={page} />}
      </QueryView>
    </Section>
  )
}

/** What could not be read, or may not be seen, is not said to be well. */
function None(props: { page: FindingsPage }) {
  const t = useOverviewText()
  const unread = unreadIn(props.page.clusters)
  const word = t('found.none')
  if (unread.length > 0) {
    return <Status health="unknown" word={word} reason={t('found.unread', { clusters: unread })} />
  }
  if (!props.page.everything) return <Status health="unknown" word={word} reason={t('found.partSeen')} />
  return <Status health="healthy" word={word} />
}

function Told(props: { mesh: string; page: FindingsPage }) {
  const t = useOverviewText()
  const tPlan = usePlanText()
  const word = useFindingText()
  const { mesh, page } = props
  const counted = severities.filter((each) => page.counts.severities[each] > 0)
  if (counted.length === 0) return <None page={page} />
  return (
    <div className="ow-stack">
      <ul className="ow-found-counts">
        {counted.map((each) => {
          const count = page.counts.severities[each]
          return (
            <li key={each}>
              <AppLink
                to={paths.findings(mesh, { severities: each })}
                className="ow-plain-link"
                label={`${tPlan(`severity.${each}`)}: ${tPlan('found.count', { count })}`}
              >
                <Status health={severityHealth[each]} word={tPlan(`severity.${each}`)} reason={String(count)} />
              </AppLink>
            </li>
          )
        })}
      </ul>
      <ul className="ow-found-worst">
        {page.items.map((finding) => (
          <li
            key={`${finding.code} ${finding.ref.cluster} ${finding.ref.namespace ?? ''} ${finding.ref.name} ${finding.pointer}`}
          >
            <AppLink to={paths.findings(mesh, { codes: finding.code, name: finding.ref.name })}>
              {word(finding).title}
            </AppLink>
            <ObjectName of={finding.ref} />
          </li>
        ))}
      </ul>
      <p>
        <AppLink to={paths.findings(mesh)}>{t('found.all', { count: page.total })}</AppLink>
      </p>
    </div>
  )
}
