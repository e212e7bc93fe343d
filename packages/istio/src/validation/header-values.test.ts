import { expect, test } from 'vitest'
import { headerValueProblem } from './header-values.ts'

test.each(['', 'a\tb', '100%%', '%START_TIME%', 'by %REQ(x-a)%!', '%UPSTREAM_METADATA(["a", "b\\"c"])%'])(
  '%s is a value',
  (value) => {
    expect(headerValueProblem(value)).toBeUndefined()
  },
)

const invalid = 'header value configuration: invalid header configuration. '

test.each([
  ['100%', `${invalid}Un-escaped %`],
  ['%A', `${invalid}Un-terminated variable expression '%A'`],
  ['%A(["a" b])%', `${invalid}Expecting ',', ']', or whitespace`],
  ['%A([b])%', `${invalid}Expecting '"'`],
  ['%A(["a"]b)%', `${invalid}Expecting ')' or whitespace after '{}', but found '{}'`],
  ['%A(b)c%', `${invalid}Expecting '%' or whitespace after`],
  ['a\nb', 'header value configuration a\nb is invalid'],
])('%s is none', (value, problem) => {
  expect(headerValueProblem(value)).toBe(problem)
})
