import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { comment, fileName, kubectl, manifest } from './manifest.ts'

const reviews = {
  cluster: 'east',
  group: 'networking.istio.io',
  version: 'v1',
  kind: 'Gateway',
  namespace: 'shop',
  name: 'reviews',
}

describe('manifest', () => {
  it('has a document an object, and none for words alone', () => {
    const text = manifest(
      ['a mesh', ''],
      [
        { says: ['first'], yaml: 'kind: A' },
        { says: ['goes', 'kubectl delete b'] },
        { says: [], yaml: 'kind: C\n' },
        { says: ['last'] },
      ],
    )
    expect(text).toBe('# a mesh\n#\n---\n# first\nkind: A\n\n# goes\n# kubectl delete b\n---\nkind: C\n\n# last\n')
    expect(parseAllDocuments(text).map((each) => each.get('kind'))).toEqual(['A', 'C'])
  })

  it('lets no words out of a comment', () => {
    for (const end of ['\n', '\r\n', '\r', '\u0085', '\u2028', '\u2029']) {
      expect(comment(`kept by${end}kind: Secret`)).toBe('# kept by\n# kind: Secret\n')
    }
  })
})

describe('kubectl', () => {
  it('names the kind with its group, where it has one', () => {
    expect(kubectl('delete', reviews)).toBe('kubectl delete gateway.v1.networking.istio.io reviews --namespace shop')
    expect(kubectl('delete', { cluster: 'east', group: '', version: 'v1', kind: 'Namespace', name: 'shop' })).toBe(
      'kubectl delete namespace shop',
    )
  })

  it('quotes what a shell would read', () => {
    expect(kubectl('delete', { ...reviews, name: "a'; rm b" })).toContain("'a'\\''; rm b'")
  })
})

it('names files without folders', () => {
  expect(fileName('shop', '../arn:aws/prod')).toBe('shop-.._arn_aws_prod')
})
