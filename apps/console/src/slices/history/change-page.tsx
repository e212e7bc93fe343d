import type { Change } from '@orbweaver/contracts/history'
import { Failure } from '@orbweaver/ui/failure'
import { KeyValue } from '@orbweaver/ui/key-value'
import type { MenuEntry } from '@orbweaver/ui/menu-button'
import { Columns, Page, type PrimaryAction, Section } from '@orbweaver/ui/page'
import { Status } from '@orbweaver/ui/status'
import { Duration, TimeAgo } from '@orbweaver/ui/time-ago'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useFailureOf } from '../../api/failure.ts'
import { AppLink } from '../../app/link.tsx'
import { useGo, useParam } from '../../app/location.ts'
import { usePageTitle } from '../../app/page-title.ts'
import { ChangeProgress } from '../../app/plan/change-progress.tsx'
import { phaseHealth } from '../../app/plan/change-state.ts'
import { usePlanText } from '../../app/plan/text.ts'
import { usePlan } from '../../app/plan/use-plan.ts'
import { type Steering, useSteering } from '../../app/plan/use-steering.ts'
import { QueryView } from '../../app/query-view.tsx'
import { paths } from '../../paths.ts'
import { useMessage } from '../../text/messages.ts'
import { useText } from './text.ts'

/** One change: who, when, why, every item with its result, and the way back. */
export function ChangePage() {
  const name = useParam('change')
  return <OneChange key={name} name={name} />
}

function OneChange(props: { name: string }) {
  const { name } = props
  const say = useMessage()
  const [page, setPage] = useState<number>()
  const input = { name, ...(page !== undefined && { page }) }
  const change = useQuery(api.history.get.queryOptions({ input, placeholderData: keepPreviousData }))
  usePageTitle(change.data === undefined ? name : say(change.data.title))
  if (change.data === undefined) {
    return (
      <Page title={name}>
        <QueryView query={change}>{() => null}</QueryView>
      </Page>
    )
  }
  return <ChangeView change={change.data} onPage={setPage} />
}

function ChangeView(props: { change: Change; onPage: (page: number) => void }) {
  const t = useText()
  const plan = usePlanText()
  const say = useMessage()
  const { change } = props
  const steer = useSteering(change)
  const failure = useFailureOf(steer.error)
  return (
    <Page
      title={say(change.title)}
      state={<Status health={phaseHealth[change.phase]} word={plan(`phase.${change.phase}`)} />}
      facts={[
        t('by', { actor: change.actor }),
        <TimeAgo key="when" at={change.createdAt} />,
        <Duration key="took" from={change.createdAt} to={change.finishedAt} />,
      ]}
      primary={useUndo(change)}
      menu={steeringEntries(change, steer, { stop: t('stop'), resume: t('resume') })}
      notice={failure !== undefined && <Failure failure={failure} />}
    >
      <Columns
        main={
          <Section title={t('what')}>
            <ChangeProgress change={change} onPage={props.onPage} />
          </Section>
        }
        side={
          <Section title={t('facts')}>
            <ChangeFacts change={change} />
          </Section>
        }
      />
    </Page>
  )
}

function ChangeFacts(props: { change: Change }) {
  const t = useText()
  const say = useMessage()
  const { change } = props
  const { mesh, undoes } = change
  return (
    <KeyValue
      columns={1}
      facts={[
        { label: t('actor'), value: change.actor },
        { label: t('reason'), value: change.reason },
        { label: t('mesh'), value: mesh === undefined ? t('fleet') : <AppLink to={paths.mesh(mesh)}>{mesh}</AppLink> },
        { label: t('started'), value: <TimeAgo at={change.createdAt} /> },
        {
          label: t('finished'),
          value: change.finishedAt === undefined ? t('notFinished') : <TimeAgo at={change.finishedAt} />,
        },
        ...(undoes === undefined
          ? []
          : [{ label: t('undoes'), value: <AppLink to={paths.change(undoes)}>{undoes}</AppLink> }]),
        ...(change.undo.possible ? [] : [{ label: t('cannotUndo'), value: say(change.undo.why) }]),
      ]}
    />
  )
}

/** Undoing is a plan like any other; the change it makes is where to look next. */
function useUndo(change: Change): PrimaryAction {
  const t = useText()
  const say = useMessage()
  const plan = usePlan()
  const go = useGo()
  return {
    label: t('undo'),
    disabled: change.undo.possible ? undefined : say(change.undo.why),
    onSelect: () =>
      plan.open({ type: 'history.undo', change: change.name }, { onDone: (done) => go(paths.change(done.name)) }),
  }
}

function steeringEntries(change: Change, steer: Steering, words: { stop: string; resume: string }): MenuEntry[] {
  if (change.phase === 'running' || change.phase === 'pending') {
    return [{ key: 'stop', label: words.stop, disabled: steer.held, onSelect: steer.stop }]
  }
  if (change.phase === 'paused') {
    return [{ key: 'resume', label: words.resume, disabled: steer.held, onSelect: steer.resume }]
  }
  return []
}
