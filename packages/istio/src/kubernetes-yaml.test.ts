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
    ['Y', true],
    ['n', false],
    ['"y"', 'y'],
    ['1_0.5', 10.5],
    ['1e_3', 1000],
    ['+.5', 0.5],
    ['-.5e1', -5],
    ['5.', 5],
    ['._5', '._5'],
    ['1e400', '1e400'],
    ['1e', '1e'],
    ['_1', '_1'],
    ['!!float 3', 3],
  ])('reads %j as %j', (text, value) => {
    expect(parse(`a: ${text}`, kubernetesYaml)).toEqual({ a: value })
    const [document] = parseAllDocuments(`a: ${text}`, kubernetesYaml)
    expect(document?.toJS()).toEqual({ a: value })
  })
  it.each(['y', 'Y', 'yes', 'on'])('reads %s as a key as true', (key) => {
    expect(parse(`${key}: 1`, kubernetesYaml)).toEqual({ true: 1 })
  })
  it.each(['n', 'N', 'no', 'Off'])('reads %s as a key as false', (key) => {
    expect(parse(`${key}: 1`, kubernetesYaml)).toEqual({ false: 1 })
  })
  it.each(['.inf', '-.INF', '+.Inf', '.nan', '.NaN'])('refuses %s', (text) => {
    expect(() => {
      parse(`a: ${text}`, kubernetesYaml)
    }).toThrow('no value that JSON has')
    expect(parse(`a: "${text}"`, kubernetesYaml)).toEqual({ a: text })
  })
  it('merges', () => {
    const text = 'a: &a { x: 1, y2: 2 }\nb: { <<: *a, x: 3 }'
    expect(parse(text, kubernetesYaml)).toEqual({ a: { x: 1, y2: 2 }, b: { x: 3, y2: 2 } })
  })
})
