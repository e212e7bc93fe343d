import type { AccessComparison, RouteComparison } from '@orbweaver/contracts/compare'
import { Failure } from '@orbweaver/ui/failure'
import { Skeleton } from '@orbweaver/ui/skeleton'
import { Button } from 'antd'
import { useFailure } from '../../../api/failure.ts'
import { ComparedCall, ComparedRoute, NotThere } from '../../explain/compared.tsx'
import { nameOf, type Question } from '../../explain/question.ts'
import { useExplainText } from '../../explain/text.ts'
import { useComparedCalls, useComparedRequests } from '../../explain/use-compared.ts'
import { AppLink } from '../../link.tsx'
import { Truths } from '../../truths.tsx'
import { type PlanDraft, usePlan } from '../use-plan.ts'

type Acting = {
  draft: PlanDraft
  kept: ReadonlySet<string>
  onKeep: (address: string, kept: boolean) => void
  onRemove: (address: string) => void
  onFollow: (() => void) | undefined
}

/** Each question with what the plan makes of it, in its place. */
export function ComparedQuestions(props: { questions: readonly Question[] } & Acting) {
  const { questions, ...acting } = props
  const say = useFailure()
  const requests = questions.flatMap((each) => (each.of === 'request' ? [each] : []))
  const calls = questions.flatMap((each) => (each.of === 'call' ? [each] : []))
  const routes = useComparedRequests(
    props.draft,
    requests.map(({ request }) => request),
  )
  const accesses = useComparedCalls(
    props.draft,
    calls.map(({ call }) => call),
  )
  const failed = [routes, accesses].find(({ error }) => error !== null)
  const answers = new Map<string, Answer>([
    ...requests.map((each, index): [string, Answer] => [
      each.address,
      { of: 'request', is: routes.data?.answers[index] },
    ]),
    ...calls.map((each, index): [string, Answer] => [each.address, { of: 'call', is: accesses.data?.answers[index] }]),
  ])
  return (
    <>
      {failed !== undefined && <Failure failure={say(failed.error)} onRetry={() => void failed.refetch()} />}
      <Truths truths={routes.data?.clusters ?? accesses.data?.clusters ?? []} />
      <ul className="ow-compared-list" aria-live="polite">
        {questions.map((question) => (
          <li key={question.address}>
            <Head question={question} {...acting} />
            {failed === undefined && <Told mesh={question.mesh} answer={answers.get(question.address)} />}
          </li>
        ))}
      </ul>
    </>
  )
}

type Answer =
  | { of: 'request'; is: RouteComparison | null | undefined }
  | { of: 'call'; is: AccessComparison | null | undefined }

function Told(props: { mesh: string; answer: Answer | undefined }) {
  const { answer } = props
  if (answer?.is === undefined) return <Skeleton lines={1} />
  if (answer.is === null) return <NotThere />
  return answer.of === 'request' ? (
    <ComparedRoute mesh={props.mesh} of={answer.is} />
  ) : (
    <ComparedCall mesh={props.mesh} of={answer.is} />
  )
}

function Head(props: { question: Question } & Acting) {
  const t = useExplainText()
  const { setDraft } = usePlan()
  const { question, draft, kept } = props
  const { from, to } = nameOf(question)
  const name = `${from} → ${to}`
  const isKept = kept.has(question.address)
  return (
    <div className="ow-compared-head">
      <AppLink
        to={question.address}
        onFollow={() => {
          setDraft(draft)
          props.onFollow?.()
        }}
      >
        <code>{name}</code>
      </AppLink>
      <span className="ow-spring" />
      <Button
        size="small"
        type="text"
        aria-pressed={isKept}
        aria-label={t(isKept ? 'unkeep' : 'keep', { name })}
        onClick={() => props.onKeep(question.address, !isKept)}
      >
        {isKept ? '★' : '☆'}
      </Button>
      <Button
        size="small"
        type="text"
        aria-label={t('remove', { name })}
        onClick={() => props.onRemove(question.address)}
      >
        ×
      </Button>
    </div>
  )
}
