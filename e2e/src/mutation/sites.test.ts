import { describe, expect, it } from 'vitest'
import { mutantsOf, withMutants } from './sites.ts'

const source = `export const nothing: Judge = {
  judge: ({ object }) => (object.spec === undefined ? [] : [1]),
}
export const much = {
  judge(subject: Subject) {
    if (subject.a && !(subject.b || seen.some((each) => each > 2))) return [2]
    return seen.map((each) => each + 1)
  },
}
function is(one: number) {
  return one === 1 && one !== 2
}
`

describe('mutants', () => {
  const mutants = mutantsOf('some.ts', source)

  it('are silent judges and conditions the wrong way round, each part of one by itself', () => {
    expect(mutants.map(({ line, what }) => `${line} ${what}`)).toEqual([
      '2 says nothing',
      '2 not object.spec === undefined',
      '5 says nothing',
      '6 not subject.a',
      '6 not subject.b',
      '6 not seen.some((each) => each > 2)',
      '6 not each > 2',
      '11 not one === 1',
      '11 not one !== 2',
    ])
  })

  it('sleep in the source under their numbers', () => {
    expect(withMutants(source, mutants, 10).split('\n')).toEqual([
      'export const nothing: Judge = {',
      '  judge: ({ object }) => (mutation.wakes(10) ? [] : (mutation.not(11, object.spec === undefined) ? [] : [1])),',
      '}',
      'export const much = {',
      '  judge(subject: Subject) { if (mutation.wakes(12)) return [];',
      '    if (mutation.not(13, subject.a) && !(mutation.not(14, subject.b) || mutation.not(15, seen.some((each) => mutation.not(16, each > 2))))) return [2]',
      '    return seen.map((each) => each + 1)',
      '  },',
      '}',
      'function is(one: number) {',
      '  return mutation.not(17, one === 1) && mutation.not(18, one !== 2)',
      '}',
      '',
    ])
  })
})
