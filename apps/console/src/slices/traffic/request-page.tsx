import type { RouteRequest } from '@orbweaver/contracts/explain'
import { Empty } from '@orbweaver/ui/empty'
import { Page } from '@orbweaver/ui/page'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { useNoted } from '../../app/explain/asked.ts'
import { ComparedRoute } from '../../app/explain/compared.tsx'
import { DraftBanner, useDraftOf } from '../../app/explain/draft-banner.tsx'
import { useComparedRequests } from '../../app/explain/use-compared.ts'
import { useParam, useSearchOf } from '../../app/location.ts'
import { usePageTitle } from '../../app/page-title.ts'
import type { PlanDraft } from '../../app/plan/use-plan.ts'
import { QueryView } from '../../app/query-view.tsx'
import { Truths } from '../../app/truths.tsx'
import { paths } from '../../paths.ts'
import { Beside } from './beside.tsx'
import { DraftAnswer } from './draft-answer.tsx'
import { RequestForm } from './request-form.tsx'
import { RouteResult } from './route-result.tsx'
import { readRequest, requestOf } from '../../app/explain/questions.ts'
import { useText } from './text.ts'
import { useExplainTabs } from './tabs.ts'
import './traffic.css'

/** What becomes of a request: asked by a form, kept in the address, answered with every step of the way. */
export function RequestPage() {
  const t = useText()
  const mesh = useParam('mesh')
  usePageTitle(t('request.title'))
  const [place, setPlace] = useSearchOf(readRequest)
  const request = requestOf(place)
  useNoted(mesh, request && paths.explainRequest(mesh, place))
  const draft = useDraftOf(mesh)
  const tabs = useExplainTabs(mesh)
  return (
    <Page title={t('request.title')} facts={[t('request.about')]} tabs={tabs} tab="request">
      <DraftBanner mesh={mesh} />
      <div className="ow-explain">
        <RequestForm mesh={mesh} place={place} onAsk={setPlace} />
        <div aria-live="polite">
          {request === undefined ? (
            <Empty
              title={t('request.empty')}
              hint={t(draft === undefined ? 'request.emptyHint' : 'request.emptyDraft')}
            />
          ) : draft === undefined ? (
            <Answer mesh={mesh} request={request} />
          ) : (
            <WithDraft draft={draft} request={request} />
          )}
        </div>
      </div>
    </Page>
  )
}

function Answer(props: { mesh: string; request: RouteRequest }) {
  const query = useQuery(api.traffic.explain.queryOptions({ input: props }))
  return (
    <QueryView query={query}>
      {({ explanation, clusters }) => (
        <section>
          <Truths truths={clusters} />
          <RouteResult mesh={props.mesh} explanation={explanation} />
        </section>
      )}
    </QueryView>
  )
}

function WithDraft(props: { draft: PlanDraft; request: RouteRequest }) {
  const { mesh } = props.draft
  const query = useComparedRequests(props.draft, [props.request])
  return (
    <DraftAnswer query={query}>
      {(compared) => (
        <Beside
          difference={<ComparedRoute mesh={mesh} of={compared} />}
          after={<RouteResult mesh={mesh} explanation={compared.after} />}
          before={<RouteResult mesh={mesh} explanation={compared.before} />}
        />
      )}
    </DraftAnswer>
  )
}
