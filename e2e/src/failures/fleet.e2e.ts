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
  'no-operator': /The API server refuses it/,
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
      mesh: { pods: { pendingRestart: 1 } },
    })
    const split = (await ada.get('/meshes/split')).body
    expect(split).toMatchObject({ leftovers: expect.arrayContaining([expect.objectContaining({ cluster: 'left' })]) })
  }).toPass({ timeout: 60_000 })
  const page = await enter('ada', '/meshes/drifted')
  const main = page.getByRole('main')
  await expect(main.getByText('1 object differs from what the mesh says.')).toBeVisible()
  await expect(main.getByText('1 Pod waits for a restart.')).toBeVisible()
  await page.goto(new URL('/meshes/split', page.url()).href)
  const leftovers = page.getByRole('region', { name: 'Leftovers' })
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
