import type { ObjectRef } from '@orbweaver/contracts/kubernetes'
import { Empty } from '@orbweaver/ui/empty'
import { Page } from '@orbweaver/ui/page'
import { useQuery } from '@tanstack/react-query'
import { Form } from 'antd'
import { api } from '../../api/api.ts'
import { ComparedPods } from '../../app/explain/compared.tsx'
import { DraftBanner, useDraftOf } from '../../app/explain/draft-banner.tsx'
import { useComparedPods } from '../../app/explain/use-compared.ts'
import { useParam, useSearchOf } from '../../app/location.ts'
import { usePageTitle } from '../../app/page-title.ts'
import type { PlanDraft } from '../../app/plan/use-plan.ts'
import { QueryView } from '../../app/query-view.tsx'
import { Truths } from '../../app/truths.tsx'
import { refFromPath } from '../../paths.ts'
import { Beside } from './beside.tsx'
import { DraftAnswer } from './draft-answer.tsx'
import { EndSelect } from './end-select.tsx'
import { InjectionResult } from './injection-result.tsx'
import { readInjection } from '../../app/explain/questions.ts'
import { useExplainTabs } from './tabs.ts'
import { useText } from './text.ts'
import { together, useNamespaces, useWorkloads } from './use-ends.ts'
import './traffic.css'

/** Why Pods get a sidecar or none: asked by choosing whose. */
export function InjectionPage() {
  const t = useText()
  const mesh = useParam('mesh')
  usePageTitle(t('injection.title'))
  const [place, setPlace] = useSearchOf(readInjection)
  const tabs = useExplainTabs(mesh)
  const draft = useDraftOf(mesh)
  const namespaces = useNamespaces(mesh, t('injection.namespaces'))
  const workloads = useWorkloads(mesh)
  const ref = refFromPath(place.of)
  return (
    <Page title={t('injection.title')} facts={[t('injection.about')]} tabs={tabs} tab="injection">
      <DraftBanner mesh={mesh} />
      <div className="ow-explain">
        <Form layout="vertical" className="ow-ask">
          <Form.Item label={t('injection.of')} htmlFor="injection-of">
            <EndSelect
              id="injection-of"
              label={t('injection.of')}
              value={place.of}
              ends={together(namespaces, workloads)}
              onChange={(of) => setPlace({ of })}
            />
          </Form.Item>
        </Form>
        <div aria-live="polite">
          {ref === undefined ? (
            <Empty title={t('injection.empty')} hint={t('injection.emptyHint')} />
          ) : draft === undefined ? (
            <Answer mesh={mesh} of={ref} />
          ) : (
            <WithDraft draft={draft} of={ref} />
          )}
        </div>
      </div>
    </Page>
  )
}

function Answer(props: { mesh: string; of: ObjectRef }) {
  const { mesh, of } = props
  const query = useQuery(api.sidecars.explain.queryOptions({ input: { mesh, ref: of } }))
  return (
    <QueryView query={query}>
      {({ explanation, clusters }) => (
        <section>
          <Truths truths={clusters} />
          <InjectionResult mesh={mesh} explanation={explanation} />
        </section>
      )}
    </QueryView>
  )
}

function WithDraft(props: { draft: PlanDraft; of: ObjectRef }) {
  const { mesh } = props.draft
  const query = useComparedPods(props.draft, [props.of])
  return (
    <DraftAnswer query={query}>
      {(compared) => (
        <Beside
          difference={<ComparedPods mesh={mesh} of={compared} />}
          after={<InjectionResult mesh={mesh} explanation={compared.after} />}
          before={<InjectionResult mesh={mesh} explanation={compared.before} />}
        />
      )}
    </DraftAnswer>
  )
}
