import { type ObjectRef, refKey } from '@orbweaver/contracts/kubernetes'
import { paths, refPath } from '../../../paths.ts'
import { Injected, Pair } from '../../explain/compared.tsx'
import { useExplainText } from '../../explain/text.ts'
import { useComparedInjection } from '../../explain/use-compared.ts'
import { AppLink } from '../../link.tsx'
import { QueryView } from '../../query-view.tsx'
import { ObjectName } from '../object-name.tsx'
import { type PlanDraft, usePlan } from '../use-plan.ts'

/** Whose new Pods get another sidecar, or none. */
export function InjectionChanges(props: { draft: PlanDraft; onFollow?: (() => void) | undefined }) {
  const t = useExplainText()
  const query = useComparedInjection(props.draft)
  return (
    <div className="ow-compared-part">
      <h4>{t('injection')}</h4>
      <QueryView query={query} lines={2}>
        {({ changes, total }) => {
          if (total === 0) return <p className="ow-soft">{t('injectionSame')}</p>
          return (
            <>
              {changes.length < total && <p>{t('injectionShown', { shown: changes.length, total })}</p>}
              <dl className="ow-compared">
                {changes.map(({ ref, before, after }) => (
                  <Pair
                    key={refKey(ref)}
                    label={<Subject of={ref} {...props} />}
                    before={<Injected of={before} />}
                    after={<Injected of={after} />}
                  />
                ))}
              </dl>
            </>
          )
        }}
      </QueryView>
    </div>
  )
}

/** Its name, and the way to the page that explains it with this plan. */
function Subject(props: { of: ObjectRef; draft: PlanDraft; onFollow?: (() => void) | undefined }) {
  const t = useExplainText()
  const { setDraft } = usePlan()
  const { of, draft } = props
  return (
    <>
      <ObjectName of={of} />{' '}
      <AppLink
        to={paths.explainInjection(draft.mesh, { of: refPath(of) })}
        label={`${t('explain')}: ${of.name}`}
        onFollow={() => {
          setDraft(draft)
          props.onFollow?.()
        }}
      >
        {t('explain')}
      </AppLink>
    </>
  )
}
