import { yaml } from '@codemirror/lang-yaml'
import { lintGutter } from '@codemirror/lint'
import { Compartment, EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { useEffect, useEffectEvent, useId, useMemo, useRef } from 'react'
import { useKit, useWords } from './kit.tsx'
import { editing } from './yaml/editing.ts'
import { intelligence, knowledge, type Knowledge, looks } from './yaml/extensions.ts'
import { type Problem, problemsOf, type Remark } from './yaml/lint.ts'
import { type Schema, withObjectMeta } from './yaml/schema.ts'
import './yaml-editor.css'

export type { Problem, Remark } from './yaml/lint.ts'
export type { Schema } from './yaml/schema.ts'

export type YamlEditorProps = {
  label: string
  value: string
  /** Absent: the text can be read, selected and searched, not changed. */
  onChange?: (text: string) => void
  /** The kind's structural schema (OpenAPI v3) from the connected cluster; without it only syntax is checked. */
  schema?: Schema | undefined
  /** What others say about places of the object: istiod, findings, the dry run. */
  remarks?: Remark[]
  height?: number | string
}

/** A YAML editor that knows the kind: completes, explains and checks while one types. Tab indents; Esc, Tab leaves. */
export function YamlEditor(props: YamlEditorProps) {
  const t = useWords()
  const { words } = useKit()
  const id = useId()
  const { host, view } = useEditor(props)
  const { schema, remarks = none } = props
  const known = useMemo(
    (): Knowledge => ({ schema: schema === undefined ? undefined : withObjectMeta(schema), remarks, words }),
    [schema, remarks, words],
  )
  const readOnly = props.onChange === undefined
  useEffect(() => {
    view.current?.dispatch({
      effects: [
        parts.knowledge.reconfigure(knowledge.of(known)),
        parts.access.reconfigure([
          EditorState.readOnly.of(readOnly),
          EditorView.contentAttributes.of({
            'aria-label': props.label,
            'aria-describedby': id,
            'aria-readonly': String(readOnly),
            // A scroller must hold something that is reachable by keyboard in an attribute's words, too.
            tabindex: '0',
          }),
        ]),
      ],
    })
  }, [known, readOnly, props.label, id, view])
  return (
    <div className="ow-yaml" data-read-only={readOnly} style={{ height: props.height ?? 420 }}>
      <div ref={host} className="ow-yaml-host" />
      <p id={id} className="ow-hidden">
        {t('editorEscape')}
      </p>
    </div>
  )
}

const none: Remark[] = []
const parts = { knowledge: new Compartment(), access: new Compartment() }

/** One CodeMirror view for the component's life; a text from outside replaces its own only when they differ. */
function useEditor(props: YamlEditorProps) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const tell = useEffectEvent((text: string) => {
    if (text !== props.value) props.onChange?.(text)
  })
  const first = useEffectEvent(() => props.value)
  useEffect(() => {
    if (host.current === null) return
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: first(),
        extensions: [
          editing(),
          yaml(),
          looks,
          lintGutter(),
          intelligence(),
          parts.knowledge.of([]),
          parts.access.of([]),
          // Escape belongs to the editor (it frees Tab): a drawer around it must not close.
          EditorView.domEventHandlers({
            keydown: (event) => {
              if (event.key === 'Escape') event.stopPropagation()
              return false
            },
          }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) tell(update.state.doc.toString())
          }),
        ],
      }),
    })
    view.current = editor
    return () => {
      editor.destroy()
      view.current = undefined
    }
  }, [])
  useEffect(() => {
    const editor = view.current
    if (editor === undefined || editor.state.doc.toString() === props.value) return
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: props.value } })
  }, [props.value])
  return { host, view }
}

/** What the editor would mark, for a page that shows a count or refuses to go on. */
export function yamlProblems(text: string, schema: Schema | undefined, remarks: Remark[] = none): Problem[] {
  return problemsOf(text, schema === undefined ? undefined : withObjectMeta(schema), remarks)
}
