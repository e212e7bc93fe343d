import { closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from '@codemirror/language'
import { lintKeymap } from '@codemirror/lint'
import { EditorState, type Extension, StateEffect } from '@codemirror/state'
import {
  drawSelection,
  type EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  type KeyBinding,
  keymap,
  lineNumbers,
} from '@codemirror/view'

/** Search is a twelfth of the editor and asked for now and then: it comes with the first Ctrl/⌘ F. */
const searchWhenAsked: KeyBinding = {
  key: 'Mod-f',
  run(view: EditorView) {
    void import('@codemirror/search').then(({ openSearchPanel, search, searchKeymap }) => {
      view.dispatch({ effects: StateEffect.appendConfig.of([search({ top: true }), keymap.of(searchKeymap)]) })
      openSearchPanel(view)
    })
    return true
  },
}

/** What every text editor does; CodeMirror's own basic set-up without what YAML of some hundred lines never needs. */
export function editing(): Extension {
  return [
    lineNumbers(),
    highlightActiveLineGutter(),
    highlightSpecialChars(),
    history(),
    foldGutter(),
    drawSelection(),
    EditorState.allowMultipleSelections.of(true),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    highlightActiveLine(),
    keymap.of([
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...lintKeymap,
      searchWhenAsked,
      indentWithTab,
      ...defaultKeymap,
    ]),
  ]
}
