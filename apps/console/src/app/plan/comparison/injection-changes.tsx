import type { InjectionComparison } from '@orbweaver/contracts/compare'
import { refKey } from '@orbweaver/contracts/kubernetes'
import { Status } from '@orbweaver/ui/status'
import { useMessage } from '../../../text/messages.ts'
import { Pair } from '../../explain/compared.tsx'
import { injectionHealth } from '../../explain/verdicts.ts'
import { useExplainText } from '../../explain/text.ts'
import { useComparedInjection } from '../../explain/use-compared.ts'
import { QueryView } from '../../query-view.tsx'
import { ObjectName } from '../object-name.tsx'
import type { PlanDraft } from '../use-plan.ts'

/** Whose new Pods get another sidecar, or none. */
export function InjectionChanges(props: { draft: PlanDraft }) {
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
                    label={<ObjectName of={ref} />}
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

function Injected(props: { of: InjectionComparison['after'] }) {
  const say = useMessage()
  const { outcome, by } = props.of
  return (
    <>
      <Status health={injectionHealth[outcome]} word={say({ code: `injection.outcome.${outcome}`, params: {} })} />
      {by !== null && <code>{by.revision}</code>}
    </>
  )
}
