import { expect, it } from 'vitest'
import { readFiles } from './read-files.ts'

const mesh = `apiVersion: orbweaver.dev/v1alpha1
kind: Mesh
metadata: { name: prod }
spec: { kind: Dedicated, version: v1.30.3, controlPlane: { cluster: east } }
`
const rule = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: search, namespace: shop }
spec: { hosts: [search] }
`
const codes = (text: string) => readFiles([{ name: 'a.yaml', text }]).faults.map((each) => [each.code, each.params])

it('reads files with the cluster each says it lay in, also when they were put together', () => {
  const text = `# orbweaver.dev/cluster: hub\n---\n${mesh}\n# orbweaver.dev/cluster: west\n---\n${rule}---\n${rule}`
  const read = readFiles([{ name: 'all.yaml', text }])
  expect(read.spec).toMatchObject({ kind: 'Dedicated', controlPlane: { cluster: 'east', namespace: 'istio-system' } })
  expect(read.objects.map((each) => [each.cluster, each.object.metadata.name])).toEqual([['west', 'search']])
  expect(read.faults.map((each) => each.code)).toEqual(['meshes.import-twice'])
})

it('takes what does not say for that of the control plane', () => {
  expect(readFiles([{ name: 'a.yaml', text: `${mesh}---\n${rule}` }]).objects.map((each) => each.cluster)).toEqual([
    'east',
  ])
})

it('names what it does not know or take of the Mesh', () => {
  expect(codes(mesh.replace('cluster: east', 'cluster: east, colour: red, replicas: 2'))).toEqual([
    ['meshes.import-field', { field: 'controlPlane.colour' }],
  ])
  expect(codes(mesh.replace('Dedicated', 'Imagined'))).toEqual([['meshes.import-field', { field: 'kind' }]])
})

it('survives what is no YAML, too much of it, and what unfolds without end', () => {
  const [broken] = codes('a: [')
  expect(broken?.[0]).toBe('meshes.import-yaml')
  expect(codes('x'.repeat(4_194_305))[0]).toEqual(['meshes.import-large', { file: 'a.yaml', limit: 4 }])
  const bomb = [
    'a: &a [x,x]',
    ...'bcdefghi'
      .split('')
      .map((each, index) => `${each}: &${each} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(',')}]`),
  ]
  expect(codes(bomb.join('\n'))[0]?.[0]).toBe('meshes.import-yaml')
})
