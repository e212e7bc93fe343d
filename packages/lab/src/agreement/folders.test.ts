import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { foldersIn } from './folders.ts'

let root: string
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'orbweaver-folders-'))
  const object = (kind: string, apiVersion: string, name: string) =>
    `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${name} }\n`
  const rule = object('Sidecar', 'networking.istio.io/v1', 'rule')
  const files = {
    'a/rule.yaml': `${rule}---\n${object('Namespace', 'v1', 'shop')}---\n${rule}spec: {}\n`,
    'a/b/service.yml': object('Service', 'v1', 'web'),
    'a/b/list.yaml': `apiVersion: v1\nkind: List\nitems:\n  - { apiVersion: v1, kind: Pod, metadata: { name: web } }\n`,
    'a/b/template.yaml': `${rule}spec: {{ .Values.spec }}\n`,
    'c/values.yaml': 'replicas: 2\n',
    'c/broken.yaml': 'a: [\n',
    'node_modules/rule.yaml': rule,
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

it('makes a world of each folder with rules, and of it with all below', () => {
  const told = foldersIn(root).map(({ id, objects }) => [
    id,
    ...objects.map(({ kind, metadata, ...more }) => [kind, metadata.namespace, 'spec' in more].join(' ')),
  ])
  const own = ['Sidecar default true', 'Namespace  false']
  expect(told).toEqual([
    ['a', ...own],
    ['/**', 'Pod default false', 'Service default false', ...own],
  ])
})
