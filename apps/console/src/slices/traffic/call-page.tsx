import type { AccessCall } from '@orbweaver/contracts/explain-access'
import { Empty } from '@orbweaver/ui/empty'
import { Page } from '@orbweaver/ui/page'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { useNoted } from '../../app/explain/asked.ts'
import { ComparedCall } from '../../app/explain/compared.tsx'
import { DraftBanner, useDraftOf } from '../../app/explain/draft-banner.tsx'
import { useComparedCalls } from '../../app/explain/use-compared.ts'
import { useParam, useSearchOf } from '../../app/location.ts'
import { usePageTitle } from '../../app/page-title.ts'
import type { PlanDraft } from '../../app/plan/use-plan.ts'
import { QueryView } from '../../app/query-view.tsx'
import { Truths } from '../../app/truths.tsx'
import { paths, refFromPath } from '../../paths.ts'
import { Beside } from './beside.tsx'
import { DraftAnswer } from './draft-answer.tsx'
import { CallForm } from './call-form.tsx'
import { CallResult } from './call-result.tsx'
import { Reach } from './reach.tsx'
import { callOf, readCall } from '../../app/explain/questions.ts'
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
  useNoted(mesh, call && paths.explainCall(mesh, place))
  const draft = useDraftOf(mesh)
  const to = refFromPath(place.to)
  const from = refFromPath(place.from)
  return (
    <Page title={t('call.title')} facts={[t('call.about')]} tabs={tabs} tab="call">
      <DraftBanner mesh={mesh} />
      <div className="ow-explain">
        <CallForm mesh={mesh} place={place} onAsk={setPlace} />
        <div>
          <div aria-live="polite">
            {call === undefined ? (
              <Empty title={t('call.empty')} hint={t('call.emptyHint')} />
            ) : draft === undefined ? (
              <Answer mesh={mesh} call={call} />
            ) : (
              <WithDraft draft={draft} call={call} />
            )}
          </div>
          {to !== undefined && <Reach mesh={mesh} of={to} direction="callers" />}
          {from !== undefined && <Reach mesh={mesh} of={from} direction="callees" />}
        </div>
      </div>
    </Page>
  )
}

function Answer(props: { mesh: string; call: AccessCall }) {
  const query = useQuery(api.security.explain.queryOptions({ input: props }))
  return (
    <QueryView query={query}>
      {({ explanation, clusters }) => (
        <section>
          <Truths truths={clusters} />
          <CallResult mesh={props.mesh} explanation={explanation} />
        </section>
      )}
    </QueryView>
  )
}

function WithDraft(props: { draft: PlanDraft; call: AccessCall }) {
  const { mesh } = props.draft
  const query = useComparedCalls(props.draft, [props.call])
  return (
    <DraftAnswer query={query}>
      {(compared) => (
        <Beside
          difference={<ComparedCall mesh={mesh} of={compared} />}
          after={<CallResult mesh={mesh} explanation={compared.after} />}
          before={<CallResult mesh={mesh} explanation={compared.before} />}
        />
      )}
    </DraftAnswer>
  )
}
