import { expect, test } from 'vitest'
import { judge, refusal } from './testing/judge.ts'

test.each([
  ['WorkloadEntry', {}, 'address is required'],
  ['WorkloadEntry', { address: 'a_b' }, 'endpoint address "a_b" is not a valid FQDN or an IP address'],
  ['WorkloadEntry', { address: 'unix://a' }, 'a is not an absolute path to a file'],
  ['WorkloadEntry', { address: 'unix:///a', ports: { a: 1 } }, 'unix endpoint unix:///a must not include ports'],
  ['WorkloadEntry', { address: '::1', labels: { a: '!' } }, '1 error occurred:\n\t* invalid tag value: "!"\n\n'],
  ['WorkloadGroup', {}, 'template is required'],
  ['WorkloadGroup', { template: {}, probe: {} }, 'unknown health check method <nil>'],
  ['WorkloadGroup', { template: {}, probe: { exec: {} } }, 'exec.command is required'],
  [
    'ServiceEntry',
    {
      hosts: ['a.b'],
      resolution: 'STATIC',
      ports: [{ number: 1, name: 'a' }],
      endpoints: [{ address: 'a.b', ports: { b: 2 } }],
    },
    '2 errors occurred:\n\t* endpoint address "a.b" is not a valid IP address\n\t* endpoint port 2 is not defined by the service entry\n\n',
  ],
])('a %s is refused: %j', (kind, spec, words) => {
  expect(refusal(kind, spec)).toBe(words)
})

test('an address may be missing where a network is told', () => {
  expect(judge('WorkloadEntry', { network: 'far' })).toEqual({
    allowed: true,
    warnings: ['address is unset with network "far"'],
  })
})
