import type { KubernetesObject, ObjectRef } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it, test } from 'vitest'
import { Document, visit } from 'yaml'
import { holesIn } from './holes.ts'
import type { Stage } from './stage.ts'
import { goldenCases } from './testing/golden-cases.ts'
import { play } from './testing/golden.ts'

const refText = ({ cluster, kind, namespace, name }: ObjectRef): string =>
  `${cluster}: ${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`

const told = ({ id, cluster, after, calm, deadlineSeconds, objects, removes }: Stage) => ({
  stage: id,
  in: cluster,
  ...(after.length > 0 && { after }),
  ...(calm && { calm }),
  deadlineSeconds,
  ...(objects.length > 0 && { objects }),
  ...(removes.length > 0 && { removes: removes.map(refText) }),
})

/** What is short stands on one line. */
function written(document: object): string {
  const made = new Document(document, { aliasDuplicateObjects: false })
  visit(made, {
    Collection: (_, node) => {
      if (JSON.stringify(node).length <= 110) node.flow = true
    },
  })
  return made.toString({ lineWidth: 120, flowCollectionPadding: false })
}

/** `vitest run packages/istio/src/blueprints/goldens -u` writes them anew; every difference is to be read. */
describe('a mesh as the objects that it is made of', () => {
  it.each(goldenCases)('$name: $shows', async (golden) => {
    const { stages, uninstalled, stays } = play(golden)
    const { shows, mesh, clusters = {} } = golden
    const document = {
      shows,
      mesh: { name: mesh.name ?? 'shop', spec: mesh.spec },
      ...(Object.keys(clusters).length > 0 && { clusters }),
      stages: stages.map(told),
      uninstalled: uninstalled.filter((each) => each.removes.length > 0).map(told),
      stays: stays.map(({ code, ref }) => `${code} ${refText(ref)}`),
    }
    await expect(written(document)).toMatchFileSnapshot(`./goldens/${golden.name}.yaml`)
  })
})

describe('in every one of them', () => {
  test.each(goldenCases)('$name: stages wait for stages that are there and come before', (golden) => {
    const seen: string[] = []
    for (const { id, after } of play(golden).stages) {
      expect(seen).toEqual(expect.arrayContaining(after))
      expect(seen).not.toContain(id)
      seen.push(id)
    }
  })

  test.each(goldenCases)('$name: what is made goes when it is taken apart, or stays and is listed', (golden) => {
    const { stages, uninstalled, stays } = play(golden)
    const made = stages.flatMap(({ cluster, objects }) => objects.map((each) => nameOf(cluster, each)))
    const gone = uninstalled.flatMap(({ removes }) => removes.map(refText))
    const listed = stays.map(({ ref }) => refText(ref))
    expect(made.filter((each) => !gone.includes(each) && !listed.includes(each))).toEqual([])
  })

  test.each(goldenCases)('$name: a token is in nothing but its remote Secret', (golden) => {
    const { stages } = play(golden)
    const told = stages.flatMap(({ objects }) => objects).filter((each) => JSON.stringify(each).includes('dG9rZW4'))
    expect(told.every((each) => each.metadata.name.startsWith('istio-remote-secret-'))).toBe(true)
    const open = stages.flatMap(({ objects }) => objects).filter((each) => holesIn(each).length > 0)
    expect(open.every((each) => ['Istio', 'Secret'].includes(each.kind))).toBe(true)
  })
})

function nameOf(cluster: string, { kind, metadata: { namespace, name } }: KubernetesObject): string {
  return `${cluster}: ${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`
}
