import type { Check } from '@orbweaver/contracts/clusters'
import { Checks } from '@orbweaver/ui/checks'
import { Failure } from '@orbweaver/ui/failure'
import { Section } from '@orbweaver/ui/page'
import { Skeleton } from '@orbweaver/ui/skeleton'
import { useFailureOf } from '../../../api/failure.ts'
import '../../../app/plan/plan.css'
import { DerivedObjects } from '../../../app/plan/derived-objects.tsx'
import { Truths } from '../../../app/truths.tsx'
import { useCheckText } from '../../../app/wording.tsx'
import { useFormText } from './text.ts'
import type { Preflight } from './use-preflight.ts'

/** Beside the form: what speaks against the mesh, and the objects it would make, stage by stage. */
export function MeshPreview(props: { preflight: Preflight; lacks: Check | undefined }) {
  const t = useFormText()
  const text = useCheckText()
  const { query, waiting } = props.preflight
  const failure = useFailureOf(query.error)
  if (waiting) {
    return (
      <Section title={t('preflight')}>
        {props.lacks === undefined ? (
          <p className="ow-soft">{t('preflightWait')}</p>
        ) : (
          <Checks label={t('preflight')} checks={[text(props.lacks)]} />
        )}
      </Section>
    )
  }
  if (failure !== undefined && query.data === undefined) {
    return (
      <Section title={t('preflight')}>
        <Failure failure={failure} onRetry={() => void query.refetch()} />
      </Section>
    )
  }
  return query.data === undefined ? (
    <Skeleton lines={8} />
  ) : (
    <Answer data={query.data} behind={props.preflight.behind} />
  )
}

type Data = NonNullable<Preflight['query']['data']>

function Answer(props: { data: Data; behind: boolean }) {
  const t = useFormText()
  const text = useCheckText()
  const { checks, clusters } = props.data
  const objects = props.data.objects.filter((each) => each.op !== 'unchanged')
  const unchanged = props.data.objects.length - objects.length
  const running = <output className="ow-muted">{props.behind ? t('preflightRunning') : ''}</output>
  return (
    <>
      <Truths truths={clusters} />
      <Section title={t('preflight')} aside={running}>
        <Checks label={t('preflight')} checks={checks.map(text)} />
      </Section>
      <Section title={t('objects')}>
        {props.data.objects.length === 0 && <p className="ow-soft">{t('objectsNone')}</p>}
        {unchanged > 0 && <p className="ow-soft">{t('unchanged', { count: unchanged })}</p>}
        <div className="mesh-objects">
          <h3 className="ow-hidden">{t('byStage')}</h3>
          <DerivedObjects objects={objects} />
        </div>
      </Section>
    </>
  )
}
