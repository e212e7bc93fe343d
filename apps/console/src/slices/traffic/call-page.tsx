import { Empty } from '@orbweaver/ui/empty'
import { Page } from '@orbweaver/ui/page'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { useParam, useSearchOf } from '../../app/location.ts'
import { usePageTitle } from '../../app/page-title.ts'
import { QueryView } from '../../app/query-view.tsx'
import { Truths } from '../../app/truths.tsx'
import { refFromPath } from '../../paths.ts'
import { CallForm } from './call-form.tsx'
import { CallResult } from './call-result.tsx'
import { Reach } from './reach.tsx'
import { callOf, readCall } from './search.ts'
import { useExplainTabs } from './tabs.ts'
import { useText } from './text.ts'
import './traffic.css'

/** Whether one may call another, by whose word; and who else may. */
export function CallPage() {
  const t = useText()
  const mesh = useParam('mesh')
  usePageTitle(t('call.title'))
  const [place, setPlace] = useSearchOf(readCall)
  const tabs = useExplainTabs(mesh)
  const call = callOf(place)
  const to = refFromPath(place.to)
  const from = refFromPath(place.from)
  return (
    <Page title={t('call.title')} facts={[t('call.about')]} tabs={tabs} tab="call">
      <div className="ow-explain">
        <CallForm mesh={mesh} place={place} onAsk={setPlace} />
        <div>
          {call === undefined ? (
            <Empty title={t('call.empty')} hint={t('call.emptyHint')} />
          ) : (
            <Answer mesh={mesh} call={call} />
          )}
          {to !== undefined && <Reach mesh={mesh} of={to} direction="callers" />}
          {from !== undefined && <Reach mesh={mesh} of={from} direction="callees" />}
        </div>
      </div>
    </Page>
  )
}

function Answer(props: { mesh: string; call: NonNullable<ReturnType<typeof callOf>> }) {
  const query = useQuery(api.security.explain.queryOptions({ input: props }))
  return (
    <QueryView query={query}>
      {({ explanation, clusters }) => (
        <section aria-live="polite">
          <Truths truths={clusters} />
          <CallResult mesh={props.mesh} explanation={explanation} />
        </section>
      )}
    </QueryView>
  )
}
