import { Empty } from '@orbweaver/ui/empty'
import { Page } from '@orbweaver/ui/page'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { useParam, useSearchOf } from '../../app/location.ts'
import { usePageTitle } from '../../app/page-title.ts'
import { QueryView } from '../../app/query-view.tsx'
import { Truths } from '../../app/truths.tsx'
import { RequestForm } from './request-form.tsx'
import { RouteResult } from './route-result.tsx'
import { readRequest, requestOf } from './search.ts'
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
  const tabs = useExplainTabs(mesh)
  return (
    <Page title={t('request.title')} facts={[t('request.about')]} tabs={tabs} tab="request">
      <div className="ow-explain">
        <RequestForm mesh={mesh} place={place} onAsk={setPlace} />
        {request === undefined ? (
          <Empty title={t('request.empty')} hint={t('request.emptyHint')} />
        ) : (
          <Answer mesh={mesh} request={request} />
        )}
      </div>
    </Page>
  )
}

function Answer(props: { mesh: string; request: NonNullable<ReturnType<typeof requestOf>> }) {
  const query = useQuery(api.traffic.explain.queryOptions({ input: props }))
  return (
    <QueryView query={query}>
      {({ explanation, clusters }) => (
        <section aria-live="polite">
          <Truths truths={clusters} />
          <RouteResult mesh={props.mesh} explanation={explanation} />
        </section>
      )}
    </QueryView>
  )
}
