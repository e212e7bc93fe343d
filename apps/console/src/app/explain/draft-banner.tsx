import { Button } from 'antd'
import { useMessage } from '../../text/messages.ts'
import { type PlanDraft, usePlan } from '../plan/use-plan.ts'
import { useExplainText } from './text.ts'
import './compared.css'

/** The plan from which somebody came, as far as it is of this mesh. */
export function useDraftOf(mesh: string): PlanDraft | undefined {
  const { draft } = usePlan()
  return draft?.mesh === mesh ? draft : undefined
}

/** Says with which plan answers are compared; nothing where that is none. */
export function DraftBanner(props: { mesh: string }) {
  const t = useExplainText()
  const say = useMessage()
  const { setDraft, open } = usePlan()
  const draft = useDraftOf(props.mesh)
  if (draft === undefined) return null
  return (
    <div className="ow-draft">
      <output>{t('withDraft', { title: say(draft.title) })}</output>
      <span className="ow-spring" />
      <Button size="small" onClick={() => open(draft.intent)}>
        {t('openDraft')}
      </Button>
      <Button
        size="small"
        onClick={() => {
          // The banner goes with its plan: the page's title has the focus, as after a way to it.
          document.querySelector<HTMLElement>('h1')?.focus()
          setDraft(undefined)
        }}
      >
        {t('dropDraft')}
      </Button>
    </div>
  )
}
