import type { Keeper } from '@orbweaver/contracts/plan'
import { Button } from 'antd'
import { useText } from '../text.ts'
import { Note } from './notices.tsx'
import type { RuleDraft } from './use-rule-draft.ts'

/** What the person should know before going on with this edit. */
export function EditNotices(props: {
  draft: RuleDraft
  gone: boolean
  keeper: Keeper | undefined
  readOnly: string | undefined
  onMerge: () => void
}) {
  const t = useText()
  const { draft, gone } = props
  const mergeable = draft.reading.ok
  return (
    <>
      {props.readOnly !== undefined && <Note>{props.readOnly}</Note>}
      {props.keeper !== undefined && <Note attention>{t('managedByHint', props.keeper)}</Note>}
      {gone && <Note attention>{t('gone.meanwhile')}</Note>}
      {!gone && draft.moved && (
        <Note
          attention
          actions={
            <Button
              size="small"
              disabled={!mergeable}
              title={mergeable ? undefined : t('merge.notYet')}
              onClick={props.onMerge}
            >
              {t('merge.start')}
            </Button>
          }
        >
          {t('merge.moved')}
        </Note>
      )}
      {draft.restored && draft.dirty && <Note>{t('restored')}</Note>}
    </>
  )
}
