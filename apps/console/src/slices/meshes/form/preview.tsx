import type { Check } from '@orbweaver/contracts/clusters'
import { Checks } from '@orbweaver/ui/checks'
import { Section } from '@orbweaver/ui/page'
import '../../../app/plan/plan.css'
import { DerivedObjects } from '../../../app/plan/derived-objects.tsx'
import { useCheckText } from '../../../app/wording.tsx'
import type { Kind } from './draft.ts'
import { PreflightChecks } from './preflight-checks.tsx'
import { useFormText } from './text.ts'
import type { Preflight } from './use-preflight.ts'

/** Beside the form: what speaks against the mesh, and the objects it would make, stage by stage. */
export function MeshPreview(props: {
  preflight: Preflight
  lacks: Check | undefined
  kind: Kind
  mesh: string | undefined
}) {
  const t = useFormText()
  const text = useCheckText()
  const { query, waiting } = props.preflight
  if (waiting) {
    return (
      <Section title={t('preflight')}>
        {props.lacks === undefined ? (
          <p className="ow-soft">{t(`preflightWait.${props.kind}`)}</p>
        ) : (
          <Checks label={t('preflight')} checks={[text(props.lacks)]} />
        )}
      </Section>
    )
  }
  return (
    <>
      <PreflightChecks preflight={props.preflight} mesh={props.mesh} />
      {query.data !== undefined && <Objects data={query.data} />}
    </>
  )
}

type Data = NonNullable<Preflight['query']['data']>

function Objects(props: { data: Data }) {
  const t = useFormText()
  const objects = props.data.objects.filter((each) => each.op !== 'unchanged')
  const unchanged = props.data.objects.length - objects.length
  return (
    <Section title={t('objects')}>
      {props.data.objects.length === 0 && <p className="ow-soft">{t('objectsNone')}</p>}
      {unchanged > 0 && <p className="ow-soft">{t('unchanged', { count: unchanged })}</p>}
      <div className="mesh-objects">
        <h3 className="ow-hidden">{t('byStage')}</h3>
        <DerivedObjects objects={objects} />
      </div>
    </Section>
  )
}
