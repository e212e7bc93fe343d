import { type Remark, type Schema, YamlEditor, yamlProblems } from '@orbweaver/ui/yaml-editor'
import { Segmented } from 'antd'
import { type ReactNode, useMemo, useState } from 'react'

/** Said by the page around it, so that this chunk is the editor and nothing else. */
export type PaneWords = {
  label: string
  text: string
  editor: string
  changes: string
  problems: (errors: number) => string
}

/** The text with all that is known about it marked in place; beside it what it changes, where there was something before. */
export function TextPane(props: {
  words: PaneWords
  text: string
  /** What the edit changes; a new object has nothing to compare with. */
  changes?: ReactNode
  onChange?: ((text: string) => void) | undefined
  schema: Schema | undefined
  remarks: Remark[]
  height?: string
  aside?: ReactNode
}) {
  const { text, changes, schema, remarks, words } = props
  const [view, setView] = useState<'text' | 'changes'>('text')
  const problems = useMemo(() => yamlProblems(text, schema, remarks), [text, schema, remarks])
  const errors = problems.filter((problem) => problem.severity === 'error').length
  return (
    <div>
      <div className="ow-editor-bar">
        {changes !== undefined && (
          <Segmented
            tabIndex={-1}
            size="small"
            aria-label={words.label}
            value={view}
            onChange={setView}
            options={[
              { value: 'text', label: words.text },
              { value: 'changes', label: words.changes },
            ]}
          />
        )}
        <output className={errors > 0 ? 'ow-problems ow-problems-some' : 'ow-problems'}>
          {words.problems(errors)}
        </output>
        <span className="ow-spring" />
        {props.aside}
      </div>
      {/* The editor stays there while it is not seen: its own undo must not be lost. */}
      <div hidden={view !== 'text'}>
        <YamlEditor
          label={words.editor}
          value={text}
          schema={schema}
          remarks={remarks}
          height={props.height ?? 'max(360px, calc(100dvh - 256px))'}
          {...(props.onChange === undefined ? {} : { onChange: props.onChange })}
        />
      </div>
      {view === 'changes' && changes}
    </div>
  )
}
