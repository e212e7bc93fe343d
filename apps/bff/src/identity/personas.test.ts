import { expect, test } from 'vitest'
import { parsePersonas } from './personas.ts'

test('personas act as the users and groups of their file', () => {
  const text = '- {id: admin, name: Ada, user: ada, groups: [platform, "system:masters"], description: Runs it}'
  expect(parsePersonas(text)).toEqual([
    {
      id: 'admin',
      name: 'Ada',
      description: { en: 'Runs it', zh: 'Runs it' },
      identity: { user: 'ada', groups: ['platform'] },
    },
  ])
})

test.each([
  ['', 'expected array'],
  ['[]', 'expected array to have >=1 items'],
  ['- {id: A, name: a, user: a}', '0.id'],
  ['- {id: a, name: a}', '0.user'],
  ['- {id: a, name: a, user: "system:admin"}', 'belongs to the cluster'],
  ['- {id: a, name: a, user: a}\n- {id: a, name: b, user: b}', 'twice'],
  ['- {id: a, name: a, user: a, admin: true}', '0'],
  ['- &a {id: a, name: a, user: a}\n- *a', 'Alias'],
])('%j is refused', (text, part) => {
  expect(() => parsePersonas(text)).toThrow(part)
})
