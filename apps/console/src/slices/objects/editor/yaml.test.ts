import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { touchedPaths } from '@orbweaver/istio/diff/touched'
import { describe, expect, it } from 'vitest'
import { readYaml, yamlOf } from './yaml.ts'

const rule: KubernetesObject = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: {
    name: 'reviews',
    namespace: 'shop',
    uid: '1',
    resourceVersion: '7',
    generation: 2,
    creationTimestamp: '2026-01-01T00:00:00Z',
    labels: { team: 'on', version: '1.10' },
  },
  spec: {
    hosts: ['reviews'],
    http: [{ route: [{ destination: { host: 'reviews' }, weight: 100 }] }],
    fromTheFuture: { a: [1] },
  },
  status: { conditions: [] },
}

describe('yamlOf and readYaml', () => {
  it('leave every path as it was when nothing is edited', () => {
    const read = readYaml(yamlOf(rule))
    expect(read.ok && touchedPaths(rule, read.object)).toEqual([])
  })

  it('show nothing that servers write', () => {
    expect(yamlOf(rule)).not.toMatch(/uid|resourceVersion|generation|creationTimestamp|status/)
  })

  it('quote what kubectl would read as something else', () => {
    expect(yamlOf(rule)).toContain('team: "on"')
    expect(yamlOf(rule)).toContain('version: "1.10"')
  })

  it('touch one path when one field is edited, unknown fields included', () => {
    const read = readYaml(yamlOf(rule).replace('weight: 100', 'weight: 90'))
    expect(read.ok && touchedPaths(rule, read.object).map((each) => each.pointer)).toEqual([
      '/spec/http/0/route/0/weight',
    ])
  })

  it.each([
    ['a: [1', 'syntax'],
    ['a: 1\n---\nb: 2', 'syntax'],
    ['a: 1\na: 2', 'syntax'],
    ['', 'shape'],
    ['kind: VirtualService', 'shape'],
    ['apiVersion: v1\nkind: A\nmetadata: {name: a}\nspec: {x: .nan}', 'syntax'],
  ])('%j has a fault of %s', (text, fault) => {
    expect(readYaml(text)).toEqual({ ok: false, fault })
  })

  it('read words and numbers as kubectl does', () => {
    const read = (value: string) => {
      const result = readYaml(`apiVersion: v1\nkind: A\nmetadata: {name: a}\nspec: {y: ${value}}`)
      return result.ok ? result.object.spec : result.fault
    }
    expect(['y', 'No', 'on', '"on"', '010', '1_000'].map(read)).toEqual(
      [true, false, true, 'on', 8, 1000].map((y) => ({ y })),
    )
  })

  it('do not unfold a bomb', () => {
    const bomb = [
      'a0: &a0 [x,x,x,x,x,x,x,x,x,x]',
      ...Array.from(
        { length: 8 },
        (_, n) => `a${n + 1}: &a${n + 1} [${Array.from({ length: 10 }, () => `*a${n}`).join(',')}]`,
      ),
    ]
    expect(readYaml(bomb.join('\n'))).toEqual({ ok: false, fault: 'syntax' })
  })
})
