import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { kubernetesYaml } from './kubernetes-yaml.ts'

describe('YAML as Kubernetes reads it', () => {
  it.each([
    ['.', '.'],
    ['on', true],
    ['Off', false],
    ['y', true],
    ['N', false],
    ['"on"', 'on'],
    ['oN', 'oN'],
    ['010', 8],
    ['0o17', 15],
    ['08', 8],
    ['0x1F', 31],
    ['-0b101', -5],
    ['1_000', 1000],
    ['+12', 12],
    ['1.0', 1],
    ['.5', 0.5],
    ['1e3', 1000],
    ['1.2.3', '1.2.3'],
    ['10.0.0.1', '10.0.0.1'],
    ['1:30', '1:30'],
    ['2026-11-29', '2026-11-29'],
    ['~', null],
    ['', null],
    ['=', '='],
  ])('reads %j as %j', (text, value) => {
    expect(parse(`a: ${text}`, kubernetesYaml)).toEqual({ a: value })
    const [document] = parseAllDocuments(`a: ${text}`, kubernetesYaml)
    expect(document?.toJS()).toEqual({ a: value })
  })
  it('merges', () => {
    const text = 'a: &a { x: 1, y2: 2 }\nb: { <<: *a, x: 3 }'
    expect(parse(text, kubernetesYaml)).toEqual({ a: { x: 1, y2: 2 }, b: { x: 3, y2: 2 } })
  })
})
