import { expect, it } from 'vitest'
import { withoutParams } from './without-params.ts'

it.each([
  ['No Secret {{secret}} in {{namespace}}', 'No Secret … in …'],
  ['Denies every request ({{scope}})', 'Denies every request'],
  ['拒绝所有请求（{{scope}}）', '拒绝所有请求'],
  ['{{namespace}}/{{name}} among them', '… among them'],
  ['reached through their Services: {{services}}.', 'reached through their Services: …'],
  ['Nothing is missing.', 'Nothing is missing.'],
])('%s', (sentence, told) => {
  expect(withoutParams(sentence)).toBe(told)
})
