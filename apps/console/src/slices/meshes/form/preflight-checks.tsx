import { Checks } from '@orbweaver/ui/checks'
import { Failure } from '@orbweaver/ui/failure'
import { Section } from '@orbweaver/ui/page'
import { Skeleton } from '@orbweaver/ui/skeleton'
import { useFailureOf } from '../../../api/failure.ts'
import { Truths } from '../../../app/truths.tsx'
import { useCheckText } from '../../../app/wording.tsx'
import { useMessage } from '../../../text/messages.ts'
import { useFormText } from './text.ts'
import { type CheckPlace, isSamePlace, placeOf, type Preflight } from './use-preflight.ts'

/** `mesh` is one that exists: where it mends things itself, fixes lead to. */
type PreflightChecksProps = { preflight: Preflight; clusters?: string[]; mesh?: string | undefined }

/**
 * What was found, worst first, with what each finding is told from; each can be asked again, and all of them. With
 * `clusters` only what is about these, or about none.
 */
export function PreflightChecks(props: PreflightChecksProps) {
  const t = useFormText()
  const { query } = props.preflight
  const failure = useFailureOf(query.error)
  if (failure !== undefined && query.data === undefined) {
    return (
      <Section title={t('preflight')}>
        <Failure failure={failure} onRetry={() => void query.refetch()} />
      </Section>
    )
  }
  return query.data === undefined ? <Skeleton lines={8} /> : <Answer {...props} data={query.data} />
}

type Data = NonNullable<Preflight['query']['data']>

function Answer(props: PreflightChecksProps & { data: Data }) {
  const t = useFormText()
  const text = useCheckText(props.mesh)
  const again = useAgainText(props.preflight)
  const { query, behind } = props.preflight
  const { clusters } = props.data
  const checks = props.data.checks.filter(
    ({ cluster }) => cluster === undefined || props.clusters === undefined || props.clusters.includes(cluster),
  )
  const failure = useFailureOf(props.preflight.again.error)
  return (
    <>
      <Truths truths={clusters} />
      <Section
        title={t('preflight')}
        aside={
          <span className="mesh-check-aside">
            <output className="ow-muted">{behind ? t('preflightRunning') : ''}</output>
            <button type="button" className="ow-link" disabled={behind} onClick={() => void query.refetch()}>
              {t('preflightAgain')}
            </button>
          </span>
        }
      >
        {failure !== undefined && <Failure failure={failure} />}
        <Checks
          label={t('preflight')}
          checks={checks.map((check) => ({ ...text(check), again: again(placeOf(check)) }))}
        />
      </Section>
    </>
  )
}

function useAgainText({ again }: Preflight) {
  const say = useMessage()
  return (place: CheckPlace) => {
    const topic = say({ code: `check-topic.${place.topic}`, params: {} })
    return {
      label: place.cluster === undefined ? topic : `${topic}, ${place.cluster}`,
      busy: again.isPending && isSamePlace(again.variables, place),
      run: () => again.mutate(place),
    }
  }
}
