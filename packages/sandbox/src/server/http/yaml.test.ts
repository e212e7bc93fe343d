import { expect, it } from 'vitest'
import { parseYamlText } from './body.ts'
import { yamlText } from './yaml.ts'

it('is read again as what it was', () => {
  const said = { a: 'on', b: 'y', c: '010', d: '1_000', e: true, f: 8, y: ['no', null] }
  const { body } = yamlText(200, JSON.stringify(said))
  expect(body).toContain('a: "on"')
  expect(parseYamlText(String(body))).toEqual({ value: said })
})
