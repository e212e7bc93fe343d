import { act, screen, waitFor } from '@testing-library/react'
import { EditorView } from '@codemirror/view'
import { forceLinting } from '@codemirror/lint'
import { describe, expect, it, vi } from 'vitest'
import { Mermaid } from './mermaid.tsx'
import { show } from './testing.tsx'
import { type Schema, YamlEditor, yamlProblems } from './yaml-editor.tsx'

const schema: Schema = {
  type: 'object',
  properties: { spec: { type: 'object', properties: { hosts: { type: 'array' } } } },
}

function viewOf(name: string): EditorView {
  const view = EditorView.findFromDOM(screen.getByRole('textbox', { name }))
  if (view === null) throw new Error('no editor')
  return view
}

describe('YamlEditor', () => {
  it('has a name, says how to leave it, and tells what is typed', () => {
    const onChange = vi.fn()
    show(<YamlEditor label="VirtualService reviews" value={'a: 1\n'} onChange={onChange} />)
    const box = screen.getByRole('textbox', { name: 'VirtualService reviews' })
    const hint = document.getElementById(box.getAttribute('aria-describedby') ?? '')
    expect(hint?.textContent).toBe('Press Escape, then Tab to leave the editor')
    act(() => viewOf('VirtualService reviews').dispatch({ changes: { from: 0, insert: 'b: 2\n' } }))
    expect(onChange).toHaveBeenCalledWith('b: 2\na: 1\n')
  })

  it('follows a text from outside without telling it back', () => {
    const onChange = vi.fn()
    const { rerender } = show(<YamlEditor label="x" value="a: 1" onChange={onChange} />)
    rerender(<YamlEditor label="x" value="a: 2" onChange={onChange} />)
    expect(viewOf('x').state.doc.toString()).toBe('a: 2')
    expect(onChange).not.toHaveBeenCalled()
  })

  it('cannot be changed when it is read-only', () => {
    show(<YamlEditor label="x" value="a: 1" />)
    expect(viewOf('x').state.readOnly).toBe(true)
    expect(screen.getByRole('textbox', { name: 'x' }).getAttribute('aria-readonly')).toBe('true')
  })

  it('marks faults in the reader’s language', async () => {
    show(<YamlEditor label="x" value={'spec:\n  hots: []\n'} schema={schema} onChange={vi.fn()} />, 'zh')
    act(() => forceLinting(viewOf('x')))
    await waitFor(() => expect(document.querySelector('.cm-lintRange-error')?.textContent).toBe('hots'))
  })
})

describe('yamlProblems', () => {
  it('knows the fields every object has', () => {
    expect(yamlProblems('kind: A\nmetadata: {name: a}\nspec: {}\n', schema)).toEqual([])
    expect(yamlProblems('sepc: {}\n', schema).map((each) => each.code)).toEqual(['unknown'])
  })
})

describe('Mermaid', () => {
  it('has a list of the same nodes for keyboards and screen readers', () => {
    const onSelect = vi.fn()
    show(
      <Mermaid
        label="The way"
        source="flowchart LR; a --> b"
        nodes={[
          { id: 'a', label: 'Create a mesh', note: 'done', onSelect },
          { id: 'b', label: 'Gateways', note: 'not built yet' },
        ]}
      />,
    )
    expect(screen.getByRole('figure', { name: 'The way' })).toBeTruthy()
    screen.getByRole('button', { name: 'Create a mesh' }).click()
    expect(onSelect).toHaveBeenCalledOnce()
    expect(screen.getAllByRole('listitem').map((each) => each.textContent)).toEqual([
      'Create a mesh done',
      'Gateways not built yet',
    ])
  })
})
