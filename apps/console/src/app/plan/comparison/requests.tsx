import { mostCompared } from '@orbweaver/contracts/compare'
import { Button, Input, Select } from 'antd'
import { useId, useState } from 'react'
import { paths } from '../../../paths.ts'
import { useAsked } from '../../explain/asked.ts'
import { nameOf, type Question, questionAt } from '../../explain/question.ts'
import { useExplainText } from '../../explain/text.ts'
import { AppLink } from '../../link.tsx'
import { type PlanDraft, usePlan } from '../use-plan.ts'
import { ComparedQuestions } from './compared-questions.tsx'

/** How many of the latest are compared without being asked for, beside those that are kept. */
const latest = 3

/** Requests and calls as addresses: those that are kept and the latest at once, others when they are added. */
export function Requests(props: { draft: PlanDraft; onFollow: (() => void) | undefined }) {
  const t = useExplainText()
  const { mesh } = props.draft
  const { asked, note, keep } = useAsked(mesh)
  const [chosen, setChosen] = useState(() => initial(asked, mesh))
  const questions = chosen.flatMap((each) => questionAt(each) ?? [])
  const add = (address: string) => {
    note(address)
    setChosen((before) => [...before.filter((each) => each !== address), address].slice(-mostCompared))
  }
  const rest = asked.flatMap(({ address }) => (chosen.includes(address) ? [] : (questionAt(address) ?? [])))
  return (
    <div className="ow-compared-part">
      <h4>{t('requests')}</h4>
      {questions.length === 0 ? (
        <p className="ow-soft">{t('none')}</p>
      ) : (
        <>
          <p className="ow-soft">{t('requestsHint')}</p>
          <ComparedQuestions
            draft={props.draft}
            questions={questions}
            kept={new Set(asked.filter(({ kept }) => kept).map(({ address }) => address))}
            onKeep={keep}
            onRemove={(address) => setChosen((before) => before.filter((each) => each !== address))}
            onFollow={props.onFollow}
          />
        </>
      )}
      <Add mesh={mesh} rest={rest} onAdd={add} />
      <Compose draft={props.draft} onFollow={props.onFollow} />
    </div>
  )
}

function initial(asked: ReturnType<typeof useAsked>['asked'], mesh: string): string[] {
  const sound = asked.filter(({ address }) => questionAt(address)?.mesh === mesh)
  const recent = sound.filter(({ kept }) => !kept).slice(0, latest)
  return [...sound.filter(({ kept }) => kept), ...recent].map(({ address }) => address).slice(0, mostCompared)
}

function Add(props: { mesh: string; rest: readonly Question[]; onAdd: (address: string) => void }) {
  const t = useExplainText()
  const id = useId()
  const [text, setText] = useState('')
  const [isBad, setBad] = useState(false)
  const submit = () => {
    const question = questionAt(text)
    setBad(question?.mesh !== props.mesh)
    if (question?.mesh !== props.mesh) return
    setText('')
    props.onAdd(question.address)
  }
  return (
    <>
      {props.rest.length > 0 && (
        <Select<string>
          aria-label={t('recent')}
          placeholder={t('recent')}
          value={null}
          style={{ width: '100%' }}
          options={props.rest.map((each) => ({ value: each.address, label: lineOf(each) }))}
          onChange={props.onAdd}
        />
      )}
      <div className="ow-compared-add">
        <Input
          value={text}
          status={isBad ? 'error' : ''}
          placeholder={t('address')}
          aria-label={t('address')}
          aria-invalid={isBad}
          {...(isBad && { 'aria-describedby': id })}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
          onPressEnter={submit}
        />
        <Button onClick={submit}>{t('add')}</Button>
      </div>
      {isBad && (
        <p id={id} role="alert">
          {t('addressBad')}
        </p>
      )}
    </>
  )
}

function lineOf(question: Question): string {
  const { from, to } = nameOf(question)
  return `${from} → ${to}`
}

/** The pages that explain go on with this plan: what is asked there is compared, and offered here the next time. */
function Compose(props: { draft: PlanDraft; onFollow: (() => void) | undefined }) {
  const t = useExplainText()
  const { setDraft } = usePlan()
  return (
    <AppLink
      to={paths.explainRequest(props.draft.mesh)}
      onFollow={() => {
        setDraft(props.draft)
        props.onFollow?.()
      }}
    >
      {t('compose')}
    </AppLink>
  )
}
