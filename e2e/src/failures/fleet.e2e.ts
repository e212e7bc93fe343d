import { listAt, textAt } from '@orbweaver/contracts/json'
import { expect } from '@playwright/test'
import { test } from '../harness/browser.ts'

test.use({ story: 'broken', world: 'broken', locale: 'en-GB' })
test.setTimeout(180_000)

/** What the page of each mesh of world broken says is wrong; a deadline may pass meanwhile, and is then said instead. */
const meshes: Record<string, RegExp> = {
  degraded: /istiod of degraded-v1-30-3 is not ready yet\. not all istiod pods are ready/,
  'end-of-life': /This operator no longer installs the version/,
  gone: /No control plane default in istio-system of gone/,
  'name-taken': /The name is taken/,
  'no-address': /has no address from the load balancer yet/,
  'no-images': /istiod of no-images-v1-30-3 is not ready yet/,
  'no-operator': /no-operator has no Sail Operator/,
  silent: /The Sail Operator has not looked at it yet/,
  split: /Cluster unreachable cannot be reached/,
  stuck: /IstioRevisionTag\/default is still there/,
  terminating: /The namespace is being deleted/,
}

test('every mesh of world broken says what is wrong with it', async ({ enter }) => {
  const page = await enter('ada', '/meshes')
  for (const [name, text] of Object.entries(meshes)) {
    await page.goto(new URL(`/meshes/${name}`, page.url()).href)
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
    await expect(page.getByRole('main').getByText(text).first()).toBeVisible({ timeout: 60_000 })
  }
})

test('drift, a restart that is due and what was left behind are told', async ({ enter, stage }) => {
  const ada = await stage.person('ada')
  await expect(async () => {
    const drifted = (await ada.get('/meshes/drifted')).body
    expect(drifted).toMatchObject({
      drift: [{ ref: { kind: 'Istio', name: 'drifted' }, pointers: ['/spec/values/global/meshID'], missing: false }],
      mesh: { pods: { pendingRestart: 4 } },
    })
    const split = (await ada.get('/meshes/split')).body
    expect(split).toMatchObject({ leftovers: expect.arrayContaining([expect.objectContaining({ cluster: 'left' })]) })
  }).toPass({ timeout: 60_000 })
  const page = await enter('ada', '/meshes/drifted')
  const main = page.getByRole('main')
  await expect(main.getByText('1 object differs from what the mesh says.')).toBeVisible()
  await expect(main.getByText('4 Pods wait for a restart.')).toBeVisible()
  await page.goto(new URL('/meshes/split', page.url()).href)
  const leftovers = page.getByRole('region', { name: 'Leftovers' })
  await leftovers.getByRole('listitem').filter({ hasText: 'istio-system' }).first().locator('summary').click()
  await expect(leftovers.getByText('istio-system')).toBeVisible()
})

test('clusters that cannot be read say why', async ({ enter }) => {
  const page = await enter('ada', '/clusters')
  for (const [name, why] of Object.entries({
    unreachable: /unreachable/i,
    unauthorized: /credential|unauthorized/i,
    forbidden: /right|forbidden/i,
  })) {
    const row = page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) })
    await expect(row).toContainText(why, { timeout: 60_000 })
  }
})

test('injection that does not do what was meant is told for namespaces and for Pods', async ({ enter, stage }) => {
  const ada = await stage.person('ada')
  await expect(async () => {
    const { body } = await ada.get('/meshes/drifted/sidecars/workloads?size=100')
    const why = listAt(body, 'items').map((each) => textAt(each, 'why', 'code'))
    const lagging = ['missing', 'older-proxy', 'other-revision', 'unwanted'].map((each) => `injection.${each}`)
    expect(why).toEqual(expect.arrayContaining(lagging))
    const { body: silent } = await ada.get('/meshes/silent/sidecars/namespaces?size=100')
    expect(listAt(silent, 'items').map((each) => textAt(each, 'why', 'code'))).toContain('injection.no-webhook')
  }).toPass({ timeout: 60_000 })
  const page = await enter('ada', '/meshes/drifted/sidecars?tab=workloads')
  const main = page.getByRole('main')
  for (const text of [/Injected by drifted-v1-28-1/, /Proxy 1\.29\.4/, /Has a sidecar and should have none/]) {
    await expect(main.getByText(text).first()).toBeVisible({ timeout: 30_000 })
  }
})

test('Changes that did not end well say so; one that was interrupted waits for a person', async ({ enter }) => {
  const page = await enter('ada', '/history')
  const row = (name: RegExp) => page.getByRole('row', { name })
  await expect(row(/Failed 1\/3 drifted/)).toBeVisible({ timeout: 60_000 })
  await expect(row(/Failed 0\/1 drifted/)).toBeVisible()
  await expect(row(/Paused 1\/2 drifted/)).toBeVisible({ timeout: 60_000 })
  await expect(row(/Paused 0\/1 drifted/)).toBeVisible()
  await expect(row(/Stopped 1\/2 drifted/)).toBeVisible()
  await row(/Failed 1\/3 drifted/)
    .getByRole('link')
    .first()
    .click()
  await expect(page.getByText('Namespace "waiting" is invalid').first()).toBeVisible()
})
