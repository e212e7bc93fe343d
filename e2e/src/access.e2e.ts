import { expect } from '@playwright/test'
import { test } from './harness/browser.ts'
import { adoptEdge } from './harness/jobs.ts'
import { choose } from './harness/mesh-pages.ts'

test.use({ story: 'access' })
test.beforeAll(({ stage }) => adoptEdge(stage))

test('whoever is not signed in is asked who they are, and then taken where they wanted', async ({ page, stage }) => {
  await page.goto(`${stage.console.url}/clusters`)
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
  await page.getByRole('button', { name: /^Ada/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Clusters' })).toBeVisible()
  await page.getByRole('button', { name: 'Account: Ada' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
})

test('a viewer sees every rule, and why it cannot be changed', async ({ enter }) => {
  const page = await enter('vic', '/meshes/edge/traffic')
  await page.getByRole('link', { name: 'bookinfo', exact: true }).first().click()
  await expect(page.getByText(/You may not change this rule/).first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Review and apply' })).toBeDisabled()
})

test('a viewer may plan, and is told what right is missing', async ({ enter }) => {
  const page = await enter('vic', '/meshes/edge/sidecars')
  await page.getByRole('checkbox', { name: 'Select shop-web' }).check()
  await page.getByRole('button', { name: 'Enable injection' }).click()
  const drawer = page.getByRole('dialog')
  await expect(drawer.getByText('This cannot be executed')).toBeVisible()
  await expect(drawer.getByText('patch namespaces', { exact: true })).toHaveCount(1)
  await expect(drawer.getByRole('button', { name: 'Change injection' })).toBeDisabled()
})

test('a viewer is told which rights a mesh would take', async ({ enter }) => {
  const page = await enter('vic', '/new/mesh?kind=Dedicated')
  await page.getByRole('textbox', { name: /metadata\.name/ }).fill('payments')
  await choose(page, /controlPlane\.cluster/, /shanghai/)
  const preflight = page.getByRole('region', { name: 'Preflight' })
  await expect(preflight.getByText(/rights are missing in shanghai-prod: namespaces \(create/)).toBeVisible()
  await expect(page.getByText('not permitted to you').first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Show the plan' })).toBeDisabled()
})

test('somebody with one namespace sees that one', async ({ enter }) => {
  const page = await enter('nils', '/meshes/edge/sidecars')
  await expect(page.getByRole('link', { name: 'bookinfo', exact: true })).toBeVisible()
  await expect(page.getByText('shop-web')).toHaveCount(0)
  await page.goto(new URL('/meshes/edge/objects', page.url()).href)
  await expect(page.getByRole('row', { name: /reviews/ }).first()).toBeVisible()
  await expect(page.getByText('shop-catalog')).toHaveCount(0)
})

test('languages and themes are kept', async ({ enter }) => {
  const page = await enter('ada', '/clusters')
  await page.getByRole('button', { name: 'Language' }).click()
  await page.getByRole('menuitemradio', { name: /中文/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: '集群' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: '集群' })).toBeVisible()
  await page.getByRole('button', { name: '主题' }).click()
  await page.getByRole('menuitemradio', { name: '深色' }).click()
  await page.reload()
  await page.getByRole('button', { name: '主题' }).click()
  await expect(page.getByRole('menuitemradio', { name: '深色' })).toBeChecked()
})
