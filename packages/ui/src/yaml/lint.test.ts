import { describe, expect, it } from 'vitest'
import { problemsOf } from './lint.ts'
import { pathOfPointer, type Schema, withObjectMeta } from './schema.ts'

const schema: Schema = withObjectMeta({
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      required: ['hosts'],
      properties: {
        hosts: { type: 'array', items: { type: 'string' } },
        mode: { type: 'string', enum: ['STRICT', 'PERMISSIVE'] },
        port: { 'x-kubernetes-int-or-string': true },
        http: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              weight: { type: 'integer', minimum: 0, maximum: 100 },
              headers: { type: 'object', additionalProperties: { type: 'string' } },
            },
          },
        },
        values: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
      },
    },
  },
})

/** The marked text of every problem with its code. */
function found(text: string, remarks: Parameters<typeof problemsOf>[2] = []): string[] {
  return problemsOf(text, schema, remarks).map((each) => `${each.code}: ${text.slice(each.from, each.to)}`)
}

describe('problemsOf', () => {
  it('finds nothing in a right object', () => {
    expect(
      found('kind: A\nmetadata: {name: a, labels: {x: y}}\nspec:\n  hosts: [a]\n  port: http\n  values: {any: 1}\n'),
    ).toEqual([])
  })

  it('reports what does not parse, and only that', () => {
    expect(problemsOf('a: [1\nb: 2', schema).map((each) => each.code)).toContain('syntax')
    expect(problemsOf('a: 1\na: 2', schema)[0]).toMatchObject({ code: 'syntax', severity: 'error' })
  })

  it('marks unknown fields at any depth', () => {
    expect(found('spec:\n  hosts: []\n  http:\n    - wieght: 3\n')).toEqual(['unknown: wieght'])
    expect(found('spec:\n  hosts: []\n  http:\n    - headers: {anything: goes}\n')).toEqual([])
  })

  it('marks wrong types, values outside their range and words outside their list', () => {
    expect(found('spec:\n  hosts: a\n')).toEqual(['type: a'])
    expect(found('spec:\n  hosts: []\n  mode: STRICKT\n')).toEqual(['enum: STRICKT'])
    expect(found('spec:\n  hosts: []\n  http: [{weight: -3}]\n')).toEqual(['range: -3'])
    expect(found('spec:\n  hosts: []\n  http: [{weight: "3"}]\n')).toEqual(['type: "3"'])
    expect(found('spec:\n  hosts: []\n  port: true\n')).toEqual(['type: true'])
  })

  it('says which field is missing', () => {
    expect(problemsOf('spec:\n  mode: STRICT\n', schema)[0]).toMatchObject({
      code: 'missing',
      params: { field: 'hosts' },
    })
  })

  it('puts remarks of others at their place, or the nearest above it', () => {
    const text = 'spec:\n  hosts: [a]\n  http:\n    - weight: 3\n'
    const at = (pointer: string) => found(text, [{ pointer, message: 'no', severity: 'warning' }])
    expect(at('/spec/http/0/weight')).toEqual(['external: 3'])
    expect(at('/spec/http')).toEqual(['external: http'])
    expect(at('/spec/http/0/route/1')).toEqual(['external: weight'])
    expect(at('')).toEqual(['external: '])
  })

  it('survives a document that unfolds without end', () => {
    const bomb = 'a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\nd: [*c,*c,*c,*c]\n'
    expect(problemsOf(bomb, schema).every((each) => each.code === 'unknown')).toBe(true)
  })
})

describe('pathOfPointer', () => {
  it('reads RFC 6901', () => {
    expect(pathOfPointer('/metadata/labels/app.kubernetes.io~1name/0')).toEqual([
      'metadata',
      'labels',
      'app.kubernetes.io/name',
      0,
    ])
    expect(pathOfPointer('')).toEqual([])
  })
})
