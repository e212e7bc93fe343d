import { at, listAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, ObjectRef } from '@orbweaver/contracts/kubernetes'
import { deployments, istios, namespaces, pods, services, virtualServices } from '@orbweaver/kube/resources'
import { expect } from '@playwright/test'
import { registerOffered } from '../harness/cluster-pages.ts'
import { appliedElsewhere } from '../harness/elsewhere.ts'
import { everyObject } from '../harness/every-object.ts'
import { done, mesh, settled } from '../harness/jobs.ts'
import { test } from '../harness/lab-browser.ts'
import { adoptFound, createMesh, meshIsReady, removeMesh } from '../harness/mesh-pages.ts'
import { codeOf } from '../harness/person.ts'
import { carryOut } from '../harness/plan-drawer.ts'
import { createRule, deleteRule, mergeMine, negativeWeight, retype } from '../harness/rule-pages.ts'
import { changeInjection, namespaceRow } from '../harness/sidecar-pages.ts'
import type { AnyStage } from '../harness/stage.ts'
import { languages } from '../harness/words.ts'

/** The jobs of the product on real API servers, with a real istiod, as people who have only their roles. */
test.describe.configure({ mode: 'serial' })

const [english, chinese] = languages
/** Real control planes take their time (ms). */
const slow = 120_000
const bookinfo = { cluster: 'member-1', namespace: 'bookinfo' }
const rulePage = '/meshes/shop/objects/member-1/VirtualService.v1.networking.istio.io/bookinfo/reviews'

/** Makes a namespace with a service of two Pods, past the console. */
async function seed(stage: AnyStage, { cluster, namespace }: typeof bookinfo): Promise<void> {
  const api = stage.admin(cluster)
  const labels = { app: 'reviews' }
  const metadata = { name: 'reviews', namespace }
  await api.create(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } })
  await api.create(services, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: { selector: labels, ports: [{ name: 'http', port: 9080 }] },
  })
  await api.create(deployments, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'app', image: 'docker.io/istio/reviews:v1' }] } },
    },
  })
  await expect.poll(async () => (await podsOf(stage, { cluster, namespace })).length, { timeout: slow }).toBe(2)
}

async function podsOf(stage: AnyStage, { cluster, namespace }: typeof bookinfo): Promise<KubernetesObject[]> {
  const { items } = await stage.admin(cluster).list(pods, { namespace })
  return items.filter((pod) => pod.metadata.deletionTimestamp === undefined)
}

const hasProxy = (pod: KubernetesObject): boolean =>
  [...listAt(pod, 'spec', 'containers'), ...listAt(pod, 'spec', 'initContainers')].some(
    (each) => textAt(each, 'name') === 'istio-proxy',
  )

const isReady = (pod: KubernetesObject): boolean =>
  listAt(pod, 'status', 'conditions').some(
    (each) => textAt(each, 'type') === 'Ready' && textAt(each, 'status') === 'True',
  )

/** How many of its Pods have a proxy that istiod put there, and run. */
const injected = async (stage: AnyStage, place: typeof bookinfo): Promise<number> =>
  (await podsOf(stage, place)).filter((pod) => hasProxy(pod) && isReady(pod)).length

/** What the cluster holds now: weights of the one route of the rule. */
async function weights(stage: AnyStage): Promise<unknown[]> {
  const held = await stage.admin('member-1').get(virtualServices, { namespace: 'bookinfo', name: 'reviews' })
  return listAt(listAt(held, 'spec', 'http')[0], 'route').map((route) => at(route, 'weight'))
}

/** What lasted in the members before anybody came. */
const before = new Map<string, ReadonlySet<string>>()

test('two clusters without Istio', async ({ stage }) => {
  for (const name of ['member-1', 'member-2']) before.set(name, await everyObject(stage.admin(name)))
})

test.describe('in English', () => {
  const { locale, words } = english
  test.use({ locale })

  test('registers a member by a context of its own kubeconfig', async ({ enter }) => {
    await registerOffered(await enter('ada', '/clusters'), words, { name: 'member-1' })
  })

  test('makes a dedicated mesh with a real istiod', async ({ enter }) => {
    const page = await enter('ada', '/new/mesh')
    const look = async () => {
      await expect(page.getByRole('region', { name: words.preflight }).getByRole('group').first()).toBeVisible()
      const preview = page.getByRole('region', { name: words.objects })
      for (const kind of ['istio-system', 'IstioRevisionTag']) await expect(preview.getByText(kind)).toBeVisible()
    }
    await createMesh(page, words, { kind: words.dedicated, name: 'shop', cluster: /^member-1/, look })
    await meshIsReady(page, words, slow)
    await expect(page.getByRole('region', { name: 'Revisions' })).toContainText(/shop-v\S+ .*active/)
    await expect(page.getByRole('region', { name: 'Components' })).toContainText('1 of 1 ready')
  })

  test('asks nobody who may not', async ({ stage }) => {
    const vic = await stage.person('vic')
    const spec = { kind: 'Dedicated', version: 'v1.30.3', controlPlane: { cluster: 'member-1' } }
    const intent = { type: 'meshes.create', name: 'no', spec }
    expect(codeOf(await vic.post('/changes', { intent, fingerprint: 'x' }))).toBe('access.forbidden')
  })
})

test.describe('in Chinese', () => {
  const { locale, words } = chinese
  test.use({ locale })

  test('injects a namespace: its Pods really get istio-proxy from istiod', async ({ enter, stage }) => {
    await seed(stage, bookinfo)
    const page = await enter('ada', '/meshes/shop/sidecars')
    await expect(namespaceRow(page, 'bookinfo', words.notSet)).toContainText('0/2', { timeout: slow })
    await changeInjection(page, words, { namespaces: ['bookinfo'], verb: words.enable, restart: true })
    await expect(namespaceRow(page, 'bookinfo', words.enabled)).toContainText('2/2', { timeout: slow })
    expect(await injected(stage, bookinfo)).toBe(2)
  })
})

test.describe('in English again', () => {
  const { locale, words } = english
  test.use({ locale })

  test('creates a rule from a template, and is told by istiod what is wrong with −3', async ({ enter, stage }) => {
    const page = await enter('ada', '/meshes/shop/new/object?kind=VirtualService')
    await createRule(page, words, {
      template: 'Split traffic between two versions',
      namespace: 'bookinfo',
      name: 'reviews',
      host: 'reviews',
      shows: 'weight: 90',
    })
    expect(await weights(stage)).toEqual([90, 10])
    await negativeWeight(page, words, '10')
    expect(await weights(stage)).toEqual([90, 10])
  })

  test('exports the mesh as files that kubectl applies elsewhere, once and again', async ({ stage }) => {
    const applied = await appliedElsewhere(stage, 'shop')
    expect([...applied.keys()]).toEqual(['hub', 'member-1'])
    expect(applied.get('hub')?.first).toEqual(['mesh.orbweaver.dev/shop created'])
    const first = applied.get('member-1')?.first ?? []
    expect(first).toContain('virtualservice.networking.istio.io/reviews created')
    expect(first).toContain('namespace/bookinfo created')
    expect(first).toContain('istio.sailoperator.io/shop created')
    for (const { again } of applied.values()) for (const line of again) expect(line).toMatch(/ unchanged$/)
  })
})

test.describe('in Chinese again', () => {
  const { locale, words } = chinese
  test.use({ locale })

  test('edits the rule, merges with somebody who was faster, applies and deletes it', async ({ enter, stage }) => {
    const page = await enter('ada', rulePage)
    const editor = page.getByRole('textbox', { name: words.editor })
    await retype(editor, 'weight: 90', 'weight: 75')
    await retype(editor, 'weight: 10', 'weight: 25')
    await page.getByText(words.changes, { exact: true }).click()
    await expect(page.getByRole('main')).toContainText('weight: 90')
    const body = [
      { op: 'replace', path: '/spec/http/0/route/0/weight', value: 60 },
      { op: 'replace', path: '/spec/http/0/route/1/weight', value: 40 },
      { op: 'add', path: '/spec/http/0/timeout', value: '7s' },
    ]
    const target = { namespace: 'bookinfo', name: 'reviews' }
    await stage.admin('member-1').patch(virtualServices, target, { type: 'json', body })
    await mergeMine(page, words)
    await page.getByRole('button', { name: words.apply }).click()
    await carryOut(page, words, { verb: words.applyVerb })
    expect(await weights(stage)).toEqual([75, 25])
    await expect(editor).toContainText('timeout: 7s')
    await deleteRule(page, words, 'reviews')
    expect((await stage.admin('member-1').list(virtualServices)).items).toEqual([])
  })

  test('takes the sidecars out again, and forgets the mesh while it runs on', async ({ enter, stage }) => {
    const page = await enter('ada', '/meshes/shop/sidecars')
    await changeInjection(page, words, { namespaces: ['bookinfo'], verb: words.clear, restart: true })
    await expect(namespaceRow(page, 'bookinfo', words.notSet)).toContainText('0/2', { timeout: slow })
    expect((await podsOf(stage, bookinfo)).some(hasProxy)).toBe(false)
    await removeMesh(page, words, { name: 'shop', how: words.record })
    expect((await stage.admin('member-1').list(istios)).items).toHaveLength(1)
  })

  test('adopts what runs there as an external mesh, and lets it go', async ({ enter }) => {
    const page = await enter('ada', '/clusters/member-1')
    await adoptFound(page, words, 'found')
    await removeMesh(page, words, { name: 'found', how: undefined })
  })

  test('takes the mesh up again as it is, and uninstalls it', async ({ enter, stage }) => {
    const page = await enter('ada', '/new/mesh')
    await createMesh(page, words, { kind: words.dedicated, name: 'shop', cluster: /^member-1/ })
    await meshIsReady(page, words, slow)
    await removeMesh(page, words, { name: 'shop', how: words.uninstall, forMs: slow })
    expect((await stage.admin('member-1').list(istios)).items).toEqual([])
  })
})

test('serves a member of a managed mesh, the default label included (decision 0001)', async ({ stage }) => {
  test.setTimeout(300_000)
  const clusters = [{ name: 'member-2', spec: { network: 'lab' }, context: 'member-2' }]
  await done(stage, { type: 'clusters.register', source: { kind: 'offered' }, clusters })
  const controlPlane = { cluster: 'member-1', entrance: { type: 'LoadBalancer' } }
  await mesh(stage, 'fleet', { kind: 'Managed', version: 'v1.30.3', controlPlane, members: [] })
  await done(stage, { type: 'meshes.join', name: 'fleet', members: [{ cluster: 'member-2', network: 'lab' }] })
  const place = { cluster: 'member-2', namespace: 'shop' }
  await settled(stage, 'fleet', place.cluster)
  await seed(stage, place)
  const intent = { type: 'sidecars.namespaces', mesh: 'fleet', namespaces: [place], action: 'enable', restart: true }
  const ada = await stage.person('ada')
  const restarts = async () => {
    const { body } = await ada.post('/plans', { intent })
    return listAt(body, 'items').filter((each) => textAt(each, 'op') === 'restart').length
  }
  await expect.poll(restarts, { timeout: slow }).toBe(1)
  await done(stage, intent)
  await expect.poll(() => injected(stage, place), { timeout: slow }).toBe(2)
  const namespace = await stage.admin(place.cluster).get(namespaces, { name: place.namespace })
  expect(namespace.metadata.labels).toMatchObject({ 'istio-injection': 'enabled' })
  const [pod] = await podsOf(stage, place)
  expect(textAt(pod, 'metadata', 'annotations', 'istio.io/rev')).toBe('fleet-v1-30-3')
  const told = async () => (await ada.get('/meshes/fleet')).body
  await expect.poll(told, { timeout: slow }).toMatchObject({
    members: [
      { cluster: 'member-1' },
      { cluster: 'member-2', sync: { state: 'synced', replicas: [{ state: 'synced' }] } },
    ],
  })
})

type Left = { code: string; ref: ObjectRef }

async function leftIn(stage: AnyStage, name: string): Promise<Left[]> {
  const { body } = await (await stage.person('ada')).get(`/clusters/${name}/leftovers`)
  expect(listAt(body, 'unread')).toEqual([])
  const stays = listAt(body, 'stays').flatMap((stay) =>
    listAt(stay, 'objects').map((ref) => ({ code: textAt(stay, 'code') ?? '', ref: ObjectRef.parse(ref) })),
  )
  // These were there before: they came with the operator.
  return stays.filter(({ code }) => code !== 'custom-resource')
}

/** What is in a cluster that was not, but for what a test put there and Kubernetes puts into every namespace. */
async function added(stage: AnyStage, name: string): Promise<string[]> {
  const seeded = /^Namespace (bookinfo|shop)$|^(Deployment|Service) (bookinfo|shop)\/reviews$/
  const kubernetes = /^(ConfigMap|ServiceAccount) [a-z-]+\/(kube-root-ca\.crt|default)$/
  const now = await everyObject(stage.admin(name))
  const gone = [...(before.get(name) ?? [])].filter((each) => !now.has(each)).map((each) => `gone: ${each}`)
  const there = [...now].filter((each) => before.get(name)?.has(each) !== true)
  return [...gone, ...there.filter((each) => !seeded.test(each) && !kubernetes.test(each))].toSorted()
}

test('an uninstalled mesh leaves what is listed, and nothing once that is removed', async ({ stage }) => {
  test.setTimeout(300_000)
  const namespaces = [{ cluster: 'member-2', namespace: 'shop' }]
  await done(stage, { type: 'sidecars.namespaces', mesh: 'fleet', namespaces, action: 'clear', restart: true })
  await expect.poll(() => injected(stage, { cluster: 'member-2', namespace: 'shop' }), { timeout: slow }).toBe(0)
  await done(stage, { type: 'meshes.delete', name: 'fleet', uninstall: true })
  for (const name of ['member-2', 'member-1']) {
    const listed = async () => (await leftIn(stage, name)).map(({ ref }) => nameOfRef(ref)).toSorted()
    await expect.poll(listed, { timeout: slow }).toContain('ConfigMap kube-system/istio-ca-root-cert')
    await expect.poll(() => added(stage, name), { timeout: slow }).toEqual(await listed())
    for (const code of new Set((await leftIn(stage, name)).map((each) => each.code))) {
      const objects = (await leftIn(stage, name)).filter((each) => each.code === code).map(({ ref }) => ref)
      await done(stage, { type: 'clusters.clean', name, objects })
    }
    await expect.poll(listed, { timeout: slow }).toEqual([])
    expect(await added(stage, name)).toEqual(['Namespace istio-system'])
  }
})

const nameOfRef = ({ kind, namespace, name }: ObjectRef): string =>
  namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`
