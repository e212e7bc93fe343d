import { describe, expect, it } from 'vitest'
import { discover, findServed, type ServedResource } from './discovery.ts'
import { failureOf } from './testing/failure.ts'
import { clientOf, sendJson, serve } from './testing/server.ts'

const verbs = ['get', 'list', 'watch']
const deployment: ServedResource = {
  group: 'apps',
  version: 'v1',
  plural: 'deployments',
  kind: 'Deployment',
  namespaced: true,
  verbs,
  shortNames: ['deploy'],
  subresources: ['scale', 'status'],
}
const pod: ServedResource = {
  group: '',
  version: 'v1',
  plural: 'pods',
  kind: 'Pod',
  namespaced: true,
  verbs,
  shortNames: [],
  subresources: [],
}
const mesh = (version: string): ServedResource => ({
  group: 'orbweaver.dev',
  version,
  plural: 'meshes',
  kind: 'Mesh',
  namespaced: false,
  verbs,
  shortNames: [],
  subresources: [],
})

const aggregatedList = (items: unknown[]) => ({
  kind: 'APIGroupDiscoveryList',
  apiVersion: 'apidiscovery.k8s.io/v2',
  items,
})
const aggregatedOf = ({ group, version, plural, kind, namespaced, shortNames, subresources }: ServedResource) => ({
  resource: plural,
  responseKind: { group, version, kind },
  scope: namespaced ? 'Namespaced' : 'Cluster',
  verbs,
  shortNames,
  subresources: subresources.map((subresource) => ({ subresource, verbs: ['get'] })),
})

/** A server that aggregates, as Kubernetes 1.27 and newer do. */
const aggregating = (path: string) => {
  if (path === '/api') {
    return aggregatedList([
      { metadata: {}, versions: [{ version: 'v1', freshness: 'Current', resources: [aggregatedOf(pod)] }] },
    ])
  }
  const versionsOf = (...all: ServedResource[]) =>
    all.map((each) => ({ version: each.version, freshness: 'Current', resources: [aggregatedOf(each)] }))
  return aggregatedList([
    { metadata: { name: 'apps' }, versions: versionsOf(deployment) },
    { metadata: { name: 'orbweaver.dev' }, versions: versionsOf(mesh('v1beta1'), mesh('v1alpha1')) },
    { metadata: { name: 'metrics.k8s.io' }, versions: [{ version: 'v1beta1', freshness: 'Stale' }] },
  ])
}

/** The same as a server without aggregation says it, one version at a time. */
const plain = (path: string): unknown => {
  const resource = ({ plural, kind, namespaced, shortNames }: ServedResource) => ({
    name: plural,
    kind,
    namespaced,
    shortNames,
    verbs,
  })
  const answers: Record<string, unknown> = {
    '/api': { kind: 'APIVersions', versions: ['v1'] },
    '/api/v1': { kind: 'APIResourceList', resources: [resource(pod)] },
    '/apis': {
      kind: 'APIGroupList',
      groups: [
        { name: 'apps', versions: [{ groupVersion: 'apps/v1' }], preferredVersion: { groupVersion: 'apps/v1' } },
        {
          name: 'orbweaver.dev',
          versions: [{ groupVersion: 'orbweaver.dev/v1alpha1' }, { groupVersion: 'orbweaver.dev/v1beta1' }],
          preferredVersion: { groupVersion: 'orbweaver.dev/v1beta1' },
        },
        { name: 'metrics.k8s.io', versions: [{ groupVersion: 'metrics.k8s.io/v1beta1' }] },
      ],
    },
    '/apis/apps/v1': {
      kind: 'APIResourceList',
      resources: [
        resource(deployment),
        { name: 'deployments/scale', kind: 'Scale', namespaced: true },
        { name: 'deployments/status', kind: 'Deployment', namespaced: true },
      ],
    },
    '/apis/orbweaver.dev/v1alpha1': { kind: 'APIResourceList', resources: [resource(mesh('v1alpha1'))] },
    '/apis/orbweaver.dev/v1beta1': { kind: 'APIResourceList', resources: [resource(mesh('v1beta1'))] },
  }
  return answers[path]
}

async function cluster(answers: (path: string) => unknown) {
  const accepted: unknown[] = []
  const server = await serve((request, response) => {
    accepted.push(request.headers.accept)
    const answer = answers(request.url ?? '')
    if (answer === undefined) sendJson(response, { message: 'service unavailable' }, 503)
    else sendJson(response, answer)
  })
  return { client: clientOf(server, { limits: { attempts: 1 } }), server, accepted }
}

describe.each([
  ['aggregated', aggregating, 2],
  ['plain', plain, 7],
])('%s discovery', (_, answers, requests) => {
  it('tells every kind with its scope, verbs, short names and subresources', async () => {
    const { client, server } = await cluster(answers)
    expect(await discover(client)).toEqual({
      resources: [pod, deployment, mesh('v1beta1'), mesh('v1alpha1')],
      unavailable: ['metrics.k8s.io/v1beta1'],
    })
    expect(server.seen).toHaveLength(requests)
  })

  it('finds a kind at the preferred version or a given one', async () => {
    const { client } = await cluster(answers)
    const found = await discover(client)
    const kind = { group: 'orbweaver.dev', kind: 'Mesh' }
    expect(findServed(found, kind)?.version).toBe('v1beta1')
    expect(findServed(found, { ...kind, version: 'v1alpha1' })?.version).toBe('v1alpha1')
    expect(findServed(found, { ...kind, version: 'v2' })).toBeUndefined()
    expect(findServed(found, { group: '', kind: 'Mesh' })).toBeUndefined()
  })
})

it('asks for aggregation, new and old, before the plain answer', async () => {
  const { client, accepted } = await cluster(aggregating)
  await discover(client)
  expect(accepted[0]).toBe(
    'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json',
  )
})

it('is kept for a while, a failure never', async () => {
  let broken = true
  const { client, server } = await cluster((path) => (broken ? undefined : aggregating(path)))
  expect(await failureOf(discover(client))).toMatchObject({ status: 503 })
  broken = false
  await Promise.all([discover(client), discover(client)])
  await discover(client)
  expect(server.seen).toHaveLength(4)
  await discover(client, { maxAgeMs: 0 })
  expect(server.seen).toHaveLength(6)
})

it.each([[{ kind: 'Status' }], ['text'], [{ kind: 'PodList', items: [] }]])('%j is no discovery', async (answer) => {
  const { client } = await cluster(() => answer)
  expect(await failureOf(discover(client))).toMatchObject({ code: 'bad_answer' })
})
