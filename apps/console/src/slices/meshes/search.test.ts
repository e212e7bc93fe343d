import { describe, expect, it } from 'vitest'
import { readDraft } from './form/asked-draft.ts'
import { meshesInput, readMeshes } from './search.ts'

describe('readMeshes', () => {
  it('keeps what the page knows and drops the rest', () => {
    expect(readMeshes({ kind: 'Managed', looks: 'table', page: '2', colour: 'red' })).toEqual({
      kind: 'Managed',
      looks: 'table',
      page: 2,
    })
    expect(readMeshes({ kind: 'Strange', looks: 'cards' })).toEqual({})
  })

  it('asks the server by kind, never by looks', () => {
    expect(meshesInput(readMeshes({ kind: 'External', looks: 'table' }))).toEqual({
      kind: 'External',
      order: 'asc',
      page: 1,
      size: 50,
    })
  })
})

describe('readDraft', () => {
  it('begins with the kind in the address', () => {
    expect(readDraft({ kind: 'Managed' }).spec).toMatchObject({ kind: 'Managed' })
    expect(readDraft({}).spec).toMatchObject({ kind: 'Dedicated' })
  })

  it('adopts the control plane in the address', () => {
    const raw = { kind: 'External', cluster: '3-frankfurt', namespace: 'mesh', revision: 'canary' }
    expect(readDraft(raw)).toEqual({
      name: 'frankfurt',
      spec: { kind: 'External', controlPlane: { cluster: '3-frankfurt', namespace: 'mesh', revision: 'canary' } },
    })
    expect(readDraft({ ...raw, kind: 'Managed' }).name).toBe('')
  })
})
