import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { meet, openDraft, viewDraft } from './draft.ts'

const rule = (mode: string, metadata: Record<string, string> = {}): KubernetesObject => ({
  apiVersion: 'security.istio.io/v1',
  kind: 'PeerAuthentication',
  metadata: { name: 'default', namespace: 'shop', uid: '1', resourceVersion: '1', ...metadata },
  spec: { mtls: { mode } },
})
const edited = (from: KubernetesObject, mode: string) => {
  const draft = openDraft(from)
  return { ...draft, text: draft.text.replace(/mode: \w+/, `mode: ${mode}`) }
}

describe('viewDraft', () => {
  it('knows an untouched draft, a reformatted one and a changed one', () => {
    const draft = openDraft(rule('STRICT'))
    expect(viewDraft(draft)).toMatchObject({ dirty: false, changed: false })
    expect(viewDraft({ ...draft, text: `# why\n${draft.text}` })).toMatchObject({ dirty: true, changed: false })
    expect(viewDraft(edited(rule('STRICT'), 'PERMISSIVE'))).toMatchObject({ dirty: true, changed: true })
    expect(viewDraft({ ...draft, text: 'a: [' })).toMatchObject({ dirty: true, changed: false, reading: { ok: false } })
  })
})

describe('meet', () => {
  it('takes over a new version that says the same, and keeps the text', () => {
    const draft = edited(rule('STRICT'), 'DISABLE')
    const live = rule('STRICT', { resourceVersion: '2' })
    expect(meet(draft, live)).toEqual({ state: 'same', draft: { base: live, text: draft.text } })
  })

  it('follows while nothing is edited', () => {
    const live = rule('PERMISSIVE', { resourceVersion: '2' })
    expect(meet(openDraft(rule('STRICT')), live)).toEqual({ state: 'same', draft: openDraft(live) })
  })

  it('does not call one’s own write a conflict', () => {
    const live = rule('DISABLE', { resourceVersion: '2' })
    expect(meet(edited(rule('STRICT'), 'DISABLE'), live)).toEqual({ state: 'same', draft: openDraft(live) })
  })

  it('keeps the edit when somebody else changed the object', () => {
    const draft = edited(rule('STRICT'), 'DISABLE')
    expect(meet(draft, rule('PERMISSIVE', { resourceVersion: '2' }))).toEqual({ state: 'moved', draft })
    expect(meet(draft, rule('STRICT', { uid: '2' }))).toEqual({ state: 'moved', draft })
  })
})
