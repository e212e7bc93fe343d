import { Diff } from '@orbweaver/ui/diff'
import { type Remark, type Schema, YamlEditor, yamlProblems } from '@orbweaver/ui/yaml-editor'
import { Segmented } from 'antd'
import { type ReactNode, useMemo, useState } from 'react'
import '../objects.css'
import { useText } from '../text.ts'

/** The text with all that is known about it marked in place; beside it what it changes, where there was something before. */
export function TextPane(props: {
  text: string
  /** What the edit began at; a new object has nothing. */
  before?: string
  onChange?: ((text: string) => void) | undefined
  schema: Schema | undefined
  remarks: Remark[]
  height?: string
  aside?: ReactNode
}) {
  const t = useText()
  const { text, before, schema, remarks } = props
  const [view, setView] = useState<'text' | 'changes'>('text')
  const problems = useMemo(() => yamlProblems(text, schema, remarks), [text, schema, remarks])
  const errors = problems.filter((problem) => problem.severity === 'error').length
  return (
    <div>
      <div className="ow-editor-bar">
        {before !== undefined && (
          <Segmented
            size="small"
            aria-label={t('pane.label')}
            value={view}
            onChange={setView}
            options={[
              { value: 'text', label: t('pane.text') },
              { value: 'changes', label: t('pane.changes') },
            ]}
          />
        )}
        <output className={errors > 0 ? 'ow-problems ow-problems-some' : 'ow-problems'}>
          {errors > 0 ? t('pane.errors', { count: errors }) : t('pane.noErrors')}
        </output>
        <span className="ow-spring" />
        {props.aside}
      </div>
      {/* The editor stays there while it is not seen: its own undo must not be lost. */}
      <div hidden={view !== 'text'}>
        <YamlEditor
          label={t('pane.editor')}
          value={text}
          schema={schema}
          remarks={remarks}
          height={props.height ?? 'max(360px, calc(100vh - 340px))'}
          {...(props.onChange === undefined ? {} : { onChange: props.onChange })}
        />
      </div>
      {view === 'changes' && before !== undefined && <Diff label={t('pane.changes')} before={before} after={text} />}
    </div>
  )
}
