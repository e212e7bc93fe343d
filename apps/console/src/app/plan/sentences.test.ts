import { describe, expect, it } from 'vitest'
import { planSentences } from './sentences.ts'
import * as en from './titles.en.ts'
import * as zh from './titles.zh.ts'

describe('planSentences', () => {
  const sentences = planSentences(en)

  it('has a title and a button for every intent', () => {
    expect(sentences['objects.delete']).toBe('Delete {{kind}} {{name}}')
    expect(sentences['verb.objects.delete']).toBe('Delete object')
  })

  it('lets a finer title take the place of the plain one', () => {
    expect(sentences['meshes.create']).toBe('Create {{kind}} mesh {{name}}')
  })

  it('names only the kind of what is seen in part, unless a title of its own says more', () => {
    expect(sentences['sidecars.namespaces.enable.partly']).toBe('Change injection')
    expect(sentences['meshes.unprotect.partly']).toBe('Take the protection of a mesh off')
  })

  it('has the same codes in Chinese, except the singulars', () => {
    const codes = (of: object) => Object.keys(of).filter((each) => !each.endsWith('_one'))
    expect(codes(planSentences(zh)).toSorted()).toEqual(codes(sentences).toSorted())
  })
})
