import { describe, expect, it } from 'vitest'
import { completionsAt, explainAt } from './complete.ts'
import type { Schema } from './schema.ts'

const schema: Schema = {
  type: 'object',
  properties: {
    kind: { type: 'string' },
    spec: {
      type: 'object',
      required: ['hosts'],
      properties: {
        hosts: { type: 'array', items: { type: 'string' }, description: 'Names the rule speaks of' },
        mode: { type: 'string', enum: ['STRICT', 'PERMISSIVE'] },
        enabled: { type: 'boolean' },
        http: {
          type: 'array',
          items: { type: 'object', properties: { name: { type: 'string' }, retries: { type: 'object' } } },
        },
        levels: { type: 'array', items: { type: 'string', enum: ['low', 'high'] } },
      },
    },
  },
}

function complete(marked: string) {
  const offset = marked.indexOf('|')
  return completionsAt(marked.replace('|', ''), offset, schema)
}
const labels = (marked: string) => complete(marked)?.options.map((each) => each.label)

describe('completionsAt', () => {
  it('offers the fields that are not there yet', () => {
    expect(labels('spec:\n  mode: STRICT\n  |')).toEqual(['hosts', 'enabled', 'http', 'levels'])
    expect(labels('spec:\n  http:\n    - na|')).toEqual(['name', 'retries'])
  })

  it('marks what is required and opens lists and maps', () => {
    expect(complete('spec:\n  |')?.options[0]).toMatchObject({
      label: 'hosts',
      required: true,
      insert: 'hosts:\n    - ',
    })
    expect(complete('spec:\n  http:\n    - |')?.options[1]).toMatchObject({ insert: 'retries:\n        ' })
    expect(complete('|')?.options[0]).toMatchObject({ insert: 'kind: ' })
  })

  it('offers the values of enums and booleans', () => {
    expect(labels('spec:\n  mode: |')).toEqual(['STRICT', 'PERMISSIVE'])
    expect(labels('spec:\n  enabled: t|')).toEqual(['true', 'false'])
    expect(labels('spec:\n  levels:\n    - |')).toEqual(['low', 'high'])
  })

  it('is quiet where the schema says nothing', () => {
    expect(labels('other:\n  |')).toBeUndefined()
    expect(labels('kind: |')).toBeUndefined()
  })
})

describe('explainAt', () => {
  it('finds the field under the pointer, also from its value', () => {
    const text = 'spec:\n  hosts: [reviews]\n'
    for (const offset of [text.indexOf('hosts') + 2, text.indexOf('reviews')]) {
      expect(explainAt(text, offset, schema)).toMatchObject({ field: 'hosts', from: 8, to: 13 })
    }
    expect(explainAt('unknown: 1', 2, schema)).toBeUndefined()
  })
})
