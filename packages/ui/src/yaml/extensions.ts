import {
  autocompletion,
  type Completion as EditorCompletion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { type Diagnostic, linter } from '@codemirror/lint'
import { type Extension, Facet } from '@codemirror/state'
import { EditorView, hoverTooltip, type Tooltip } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { fill, type Words } from '../words.ts'
import { type Completion, completionsAt, explainAt } from './complete.ts'
import { type Problem, problemsOf, type Remark } from './lint.ts'
import { type Schema, typeName } from './schema.ts'

/** What the editor knows besides its text; replaced as a whole when it changes. */
export type Knowledge = { schema: Schema | undefined; remarks: Remark[]; words: Words }

const nothing: Knowledge | undefined = undefined
export const knowledge = Facet.define<Knowledge, Knowledge | undefined>({ combine: (values) => values[0] ?? nothing })

export function intelligence(): Extension {
  return [
    autocompletion({ override: [complete], icons: false, activateOnTyping: true }),
    linter((view) => diagnose(view), {
      delay: 250,
      needsRefresh: (update) => update.startState.facet(knowledge) !== update.state.facet(knowledge),
    }),
    hoverTooltip((view, offset) => explain(view, offset)),
  ]
}

function complete(context: CompletionContext): CompletionResult | null {
  const schema = context.state.facet(knowledge)?.schema
  if (schema === undefined) return null
  const found = completionsAt(context.state.doc.toString(), context.pos, schema)
  if (found === undefined) return null
  if (!context.explicit && found.from === context.pos) return null
  return { from: found.from, options: found.options.map(editorCompletion), validFor: /^[\w./-]*$/ }
}

function editorCompletion(option: Completion): EditorCompletion {
  return {
    label: option.label,
    detail: option.detail,
    type: option.kind,
    boost: option.required ? 1 : 0,
    apply: option.insert,
    ...(option.info === '' ? {} : { info: option.info }),
  }
}

function diagnose(view: EditorView): Diagnostic[] {
  const known = view.state.facet(knowledge)
  if (known === undefined) return []
  return problemsOf(view.state.doc.toString(), known.schema, known.remarks).map((problem) => ({
    from: problem.from,
    to: problem.to,
    severity: problem.severity,
    message: sentence(problem, known.words),
  }))
}

/** The problem in the reader's language; what others say stays in their words. */
function sentence(problem: Problem, words: Words): string {
  const { code, params } = problem
  switch (code) {
    case 'external':
      return params.message ?? ''
    case 'syntax':
      return fill(words, 'yamlSyntax', params)
    case 'unknown':
      return fill(words, 'yamlUnknown', params)
    case 'type':
      return fill(words, 'yamlType', params)
    case 'enum':
      return fill(words, 'yamlEnum', params)
    case 'missing':
      return fill(words, 'yamlMissing', params)
    case 'range':
      return fill(words, 'yamlRange', params)
  }
}

function explain(view: EditorView, offset: number): Tooltip | null {
  const known = view.state.facet(knowledge)
  if (known?.schema === undefined) return null
  const found = explainAt(view.state.doc.toString(), offset, known.schema)
  if (found === undefined || offset < found.from || offset > found.to) return null
  const { schema, field, from, to } = found
  const lines = [
    `${field}: ${typeName(schema)}`,
    schema.description,
    schema.enum === undefined ? undefined : fill(known.words, 'yamlEnum', { values: schema.enum.map(String) }),
    schema.default === undefined
      ? undefined
      : fill(known.words, 'yamlDefault', { value: JSON.stringify(schema.default) }),
  ]
  return {
    pos: from,
    end: to,
    above: true,
    create: () => ({ dom: explanation(lines.filter((line) => line !== undefined)) }),
  }
}

/** Built as text nodes: descriptions come from a cluster and are nobody's markup. */
function explanation(lines: string[]): HTMLElement {
  const box = document.createElement('div')
  box.className = 'ow-yaml-hover'
  for (const line of lines) {
    const each = document.createElement('p')
    each.textContent = line
    box.append(each)
  }
  return box
}

const highlight = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--ow-accent)' },
  { tag: [tags.string, tags.content, tags.attributeValue], color: 'var(--ow-text)' },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword], color: 'var(--ow-working)' },
  { tag: [tags.comment, tags.lineComment, tags.meta], color: 'var(--ow-text-muted)', fontStyle: 'italic' },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], color: 'var(--ow-text-soft)' },
])

/** Colours by the kit's custom properties: one theme that follows light and dark by itself. */
export const looks: Extension = [
  syntaxHighlighting(highlight),
  EditorView.theme({
    '&': { fontSize: '13px', backgroundColor: 'var(--ow-surface)', color: 'var(--ow-text)', height: '100%' },
    '&.cm-focused': { outline: 'none' },
    '.cm-scroller': { fontFamily: 'var(--ow-mono)', lineHeight: '20px' },
    '.cm-content': { caretColor: 'var(--ow-text)', padding: '8px 0' },
    '.cm-cursor': { borderLeftColor: 'var(--ow-text)' },
    '.cm-gutters': { backgroundColor: 'var(--ow-sunken)', color: 'var(--ow-text-muted)', border: 'none' },
    '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--ow-accent) 7%, transparent)' },
    '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
      backgroundColor: 'color-mix(in srgb, var(--ow-accent) 25%, transparent) !important',
    },
    '.cm-tooltip': {
      backgroundColor: 'var(--ow-raised)',
      color: 'var(--ow-text)',
      border: '1px solid var(--ow-border)',
      borderRadius: '6px',
      boxShadow: 'var(--ow-shadow)',
    },
    '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 10px', fontFamily: 'var(--ow-mono)' },
    '.cm-tooltip-autocomplete ul li[aria-selected]': { background: 'var(--ow-accent-soft)', color: 'var(--ow-text)' },
    '.cm-completionDetail': { color: 'var(--ow-text-muted)', fontStyle: 'normal', marginLeft: '12px' },
    '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '600' },
    '.cm-lint-marker': { content: 'none', width: '9px', height: '9px', margin: '5px 2px' },
    '.cm-lint-marker-error': { content: '""', backgroundColor: 'var(--ow-broken)' },
    '.cm-lint-marker-warning': {
      content: '""',
      backgroundColor: 'var(--ow-attention)',
      clipPath: 'polygon(50% 0, 100% 100%, 0 100%)',
    },
    '.cm-lint-marker-info': { content: '""', backgroundColor: 'var(--ow-unknown)', borderRadius: '50%' },
    '.cm-diagnostic': { padding: '4px 10px' },
    '.cm-diagnostic-error': { borderLeftColor: 'var(--ow-broken)' },
    '.cm-diagnostic-warning': { borderLeftColor: 'var(--ow-attention)' },
    '.cm-panels': { backgroundColor: 'var(--ow-sunken)', color: 'var(--ow-text)' },
  }),
]
