import { describe, expect, it } from 'vitest'
import { documentsIn } from './documents.ts'

const text = `apiVersion: v1
kind: Service
metadata:
  name: web
  labels: { "a/b": c }
spec:
  ports:
    - port: 80
---
# nothing here
---
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Namespace
    metadata: { name: shop }
  - { apiVersion: v1, kind: Pod, metadata: { name: web-1 } }
`

describe('documentsIn', () => {
  it('finds every object, those of a List too', () => {
    const { objects, unread } = documentsIn('a.yaml', text)
    expect(objects.map(({ object }) => `${object.kind} ${object.metadata.name}`)).toEqual([
      'Service web',
      'Namespace shop',
      'Pod web-1',
    ])
    expect(unread).toEqual([])
  })

  it('takes words, numbers and merges as kubectl does', () => {
    const rule = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: db, labels: { stage: on } }
spec: { exportTo: [.], ports: [&a { number: 010, name: tcp }, { <<: *a, name: more }] }`
    expect(documentsIn('a.yaml', rule).objects[0]?.object).toMatchObject({
      metadata: { labels: { stage: true } },
      spec: {
        exportTo: ['.'],
        ports: [
          { number: 8, name: 'tcp' },
          { number: 8, name: 'more' },
        ],
      },
    })
  })

  it.each([
    ['/spec/ports/0/port', 8, 7],
    ['/spec/ports/0/name', 8, 7],
    ['/spec/ports/7', 7, 3],
    ['/spec/selector/app', 6, 1],
    ['/metadata/labels/a~1b', 5, 13],
    ['/status', 1, 1],
    ['', 1, 1],
  ])('knows where %s is, or the nearest around it', (pointer, line, column) => {
    expect(documentsIn('a.yaml', text).objects[0]?.at(pointer)).toEqual({ file: 'a.yaml', line, column })
  })

  it('knows where objects of a List are', () => {
    const [, second, third] = documentsIn('a.yaml', text).objects
    expect(second?.at('/metadata/name')).toEqual({ file: 'a.yaml', line: 17, column: 17 })
    expect(third?.at('/spec')).toEqual({ file: 'a.yaml', line: 18, column: 5 })
  })

  it.each([
    ['a: [', 'Flow'],
    ['kind: Service', 'no Kubernetes object'],
    ['- 1', 'no Kubernetes object'],
    ['apiVersion: v1\nkind: List\nitems:\n  - 1', 'no Kubernetes object'],
    [`a: &a [1]\nb: &b [${'*a,'.repeat(200)}]\nc: [${'*b,'.repeat(200)}]`, 'cannot be read as JSON'],
  ])('says what of %j cannot be read, and goes on', (wrong, expected) => {
    const read = documentsIn('b.yaml', `${wrong}\n---\n${text}`)
    expect(read.unread.map(({ file, message }) => [file, message])).toEqual([
      ['b.yaml', expect.stringContaining(expected)],
    ])
    expect(read.objects).toHaveLength(3)
  })

  it('leaves alone what does not claim to be an object, where that is asked for', () => {
    const tool = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization'
    const read = documentsIn(
      'b.yaml',
      `replicas: 2\n---\n- 1\n---\n${tool}\n---\nkind: Service\n---\n${text}`,
      'skipped',
    )
    expect(read.unread.map(({ line }) => line)).toEqual([8])
    expect(read.objects).toHaveLength(3)
  })

  it.each([
    ['{"a": 1}\n{"b": 2}', 'leftOut'],
    ['apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Values.name }}\n  {{- if x }}', 'leftOut'],
    ['apiVersion: v1\nkind: Service\nmetadata: [', 'unread'],
    ['{"apiVersion": "v1",\n "kind": "Service",\n "metadata": {', 'unread'],
    ['apiVersion: v1\nmetadata: [', 'leftOut'],
    ['kind: v1\nmetadata: [', 'leftOut'],
  ])('of a folder %j is %s', (wrong, expected) => {
    const told = ({ unread, leftOut }: ReturnType<typeof documentsIn>) => [unread.length > 0, leftOut.length > 0]
    expect(told(documentsIn('b', wrong, 'skipped'))).toEqual([expected === 'unread', expected === 'leftOut'])
    expect(told(documentsIn('b', wrong))).toEqual([true, false])
  })

  it.each([
    ['metadata: { name: x, namespace: {{ .Values.home }} }', true],
    ['metadata:\n  name: web-{{ .Values.name }}', true],
    ['metadata: { name: "web-{{ name }}" }', true],
    ['metadata: { name: x, namespace: "{{ home }}" }', true],
    ['metadata: { name: x }\nspec: { host: "a.{{ .Values.domain }}" }', true],
    ['metadata: { name: x }\nspec: { host: \'{{- include "web.host" . }}\' }', true],
    ['metadata: { name: x }\nspec: { template: { metadata: { name: "{{ .name }}" } } }', false],
    ['metadata: { name: x }\nspec: { summary: "of {{ $labels.pod }}, {{ .Valuesof }}" }', false],
    ['metadata: { name: x }\ndata:\n  of: |\n    name: {{ .Values.name }}\n    more: of it', false],
    ['metadata: { name: x }\ndata:\n  of: |\n    more: of it\n    name: {{ .Values.name }}', false],
  ])('of a folder the template %j is left out: %j', (rest, expected) => {
    const written = `apiVersion: v1\nkind: ConfigMap\n${rest}`
    const named = documentsIn('b', written)
    const below = documentsIn('b', written, 'skipped')
    const told = [named.objects, named.unread, below.objects, below.leftOut].map(({ length }) => length)
    expect(told).toEqual(expected ? [0, 1, 0, 1] : [1, 0, 1, 0])
    expect(named.unread.map(({ line, message }) => [line, message])).toEqual(
      expected ? [[1, 'a template, in which what stands between {{ and }} is not filled in']] : [],
    )
  })

  it('leaves charts alone', () => {
    const values = 'name: "{{ .Release.Name }}"'
    expect(documentsIn('values.yaml', values, 'skipped')).toEqual({ objects: [], unread: [], leftOut: [] })
    expect(documentsIn('values.yaml', values).unread).toHaveLength(1)
    const chart = 'apiVersion: v2\nname: web\nversion: 1.0.0'
    expect(documentsIn('Chart.yaml', chart, 'skipped').unread).toEqual([])
    expect(documentsIn('Chart.yaml', chart).unread).toHaveLength(1)
    expect(documentsIn('a.yaml', 'apiVersion: v2\nname: web', 'skipped').unread).toHaveLength(1)
  })

  it('reads JSON, and nothing of an empty text', () => {
    const json = '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"x"}}'
    expect(documentsIn('c.json', json).objects[0]?.at('/kind')).toEqual({ file: 'c.json', line: 1, column: 20 })
    expect(documentsIn('d.yaml', '')).toEqual({ objects: [], unread: [], leftOut: [] })
  })
})
