import type { Locator, Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { test } from '../harness/browser.ts'
import { adoptEdge, done } from '../harness/jobs.ts'

test.use({ story: 'keyboard', locale: 'en-GB' })

const reviews = '/meshes/edge/objects/frankfurt-edge/VirtualService.v1.networking.istio.io/bookinfo/reviews'

let change = ''
test.beforeAll(async ({ stage }) => {
  await adoptEdge(stage)
  const namespaces = [{ cluster: 'frankfurt-edge', namespace: 'shop-web' }]
  const intent = { type: 'sidecars.namespaces', mesh: 'edge', namespaces, action: 'enable', restart: false }
  change = await done(stage, intent)
})

async function hasFocus(target: Locator): Promise<boolean> {
  return (await target.and(target.page().locator(':focus')).count()) > 0
}

/** Presses Tab until something has the focus; more than a page's worth of presses means that it cannot be reached. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(target).toBeVisible()
  for (let pressed = 0; pressed < 120; pressed += 1) {
    if (await hasFocus(target)) return
    await page.keyboard.press(key)
  }
  throw new Error(`${key} never came there`)
}

function backTo(page: Page, target: Locator): Promise<void> {
  return tabTo(page, target, 'Shift+Tab')
}

async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
}

test('g and a letter lead to every list, ? tells which', async ({ enter }) => {
  const page = await enter('ada')
  await settled(page)
  for (const [key, title] of [
    ['m', 'Meshes'],
    ['c', 'Clusters'],
    ['h', 'History'],
    ['s', 'Start'],
  ] as const) {
    await page.keyboard.press('g')
    await page.keyboard.press(key)
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  }
  const help = page.getByRole('button', { name: 'Keyboard shortcuts' })
  await tabTo(page, help)
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(help).toBeFocused()
})

test('signing in and the search need no mouse', async ({ page, stage }) => {
  await page.goto(`${stage.console.url}/sign-in?next=%2Fclusters`)
  await tabTo(page, page.getByRole('button', { name: /^Ada/ }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Clusters' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.type('edge')
  await expect(page.getByRole('option', { name: /edge/ }).first()).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/edge/)
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('the search leads to a rule', async ({ enter }) => {
  const page = await enter('ada')
  await settled(page)
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('combobox').pressSequentially('ratings')
  await expect(page.getByRole('option', { name: /^ratings VirtualService/ })).toBeVisible()
  for (let step = 0; step < 20; step += 1) {
    if ((await page.getByRole('option', { name: /^ratings VirtualService/, selected: true }).count()) > 0) break
    await page.keyboard.press('ArrowDown')
  }
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'ratings' })).toBeVisible()
})

test('a rule is deleted up to the plan, and Esc gives the focus back', async ({ enter }) => {
  const page = await enter('ada', reviews)
  const more = page.getByRole('main').getByRole('button', { name: 'More actions' })
  await tabTo(page, more)
  await page.keyboard.press('Enter')
  await page.keyboard.press('End')
  await expect(page.getByRole('menuitem', { name: 'Delete' })).toBeFocused()
  await page.keyboard.press('Enter')
  const drawer = page.getByRole('dialog')
  const name = drawer.getByRole('textbox', { name: 'Type reviews to confirm' })
  await tabTo(page, name)
  await page.keyboard.type('reviews')
  await tabTo(page, drawer.getByRole('button', { name: 'Delete object' }))
  await expect(drawer.getByRole('button', { name: 'Delete object' })).toBeEnabled()
  await page.keyboard.press('Escape')
  await expect(drawer).toBeHidden()
  await expect(more).toBeFocused()
})

test('skips to the content', async ({ enter }) => {
  const page = await enter('ada', '/meshes')
  await settled(page)
  await page.evaluate('document.activeElement.blur()')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByRole('main').getByRole('button').first())
})

/** Where the main action of each page leads. */
const actions: [path: string, action: string, leads: RegExp][] = [
  ['/meshes', 'Create mesh', /\/new\/mesh/],
  ['/clusters', 'Register cluster', /\/new\/cluster/],
  ['/meshes/edge', 'Edit settings', /\/settings/],
  ['/meshes/edge/traffic', 'Create a rule', /\/new\/object/],
  ['/meshes/edge/security', 'Create a rule', /\/new\/object/],
  ['/meshes/edge/objects', 'Create a rule', /\/new\/object/],
]

for (const [path, action, leads] of actions) {
  test(`${path}: ${action}`, async ({ enter }) => {
    const page = await enter('ada', path)
    await tabTo(page, page.getByRole('main').getByRole('button', { name: action }))
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(leads)
  })
}

/** Forms and their buttons; what they ask for is reached on the way. */
const forms: [path: string, button: RegExp][] = [
  ['/new/mesh?kind=External', /^Adopt mesh|^Create mesh|^Show the plan/],
  ['/new/cluster', /^Test connection/],
  ['/meshes/edge/new/object?kind=Gateway', /^Review and create/],
]

for (const [path, button] of forms) {
  test(`${path}: its button is reached`, async ({ enter }) => {
    const page = await enter('ada', path)
    await tabTo(page, page.getByRole('main').getByRole('button', { name: button }).first())
  })
}

test('settings are changed up to the plan', async ({ enter }) => {
  const page = await enter('ada', '/meshes/edge/settings')
  await tabTo(page, page.getByRole('textbox', { name: /displayName/ }))
  await page.keyboard.type('The edge')
  await tabTo(page, page.getByRole('button', { name: 'Show the plan' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Apply changes' })).toBeEnabled()
})

test('rows are walked, opened and ticked, and / searches', async ({ enter }) => {
  const page = await enter('ada', '/meshes/edge/traffic')
  const rows = page.getByRole('row')
  await expect(rows.nth(2)).toBeVisible()
  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox')).toBeFocused()
  await page.keyboard.type('reviews')
  await expect(rows).toHaveCount(3)
  await tabTo(page, rows.nth(1))
  await page.keyboard.press('ArrowDown')
  await expect(rows.nth(2)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'reviews' })).toBeVisible()
})

test('the start page leads on by Enter', async ({ enter }) => {
  const page = await enter('ada')
  await tabTo(page, page.getByRole('main').getByRole('button', { name: 'Traffic' }).first())
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/traffic/)
})

test('a menu opens, is walked and gives the focus back', async ({ enter }) => {
  const page = await enter('ada', '/meshes/edge/sidecars')
  const more = page.getByRole('button', { name: 'Actions for shop-web' })
  await tabTo(page, more)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'Enable injection' })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('menuitem', { name: 'Enable and restart' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toHaveCount(0)
  await expect(more).toBeFocused()
})

test('namespaces are ticked, switched and carried out; the drawer closes and the focus is back', async ({ enter }) => {
  const page = await enter('ada', '/meshes/edge/sidecars')
  const row = page.getByRole('row', { name: /shop-catalog/ })
  await tabTo(page, page.getByRole('row').nth(1))
  for (let step = 0; step < 20 && !(await hasFocus(row)); step += 1) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  const enable = page.getByRole('button', { name: 'Enable injection' })
  await page.keyboard.press('Shift+Tab')
  await backTo(page, enable)
  await page.keyboard.press('Enter')
  const drawer = page.getByRole('dialog')
  const verb = drawer.getByRole('button', { name: 'Change injection' })
  await expect(verb).toBeEnabled()
  await page.keyboard.press('Escape')
  await expect(drawer).toBeHidden()
  await expect(enable).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(verb).toBeEnabled()
  await tabTo(page, verb)
  await page.keyboard.press('Enter')
  await expect(drawer.getByText('1 of 1 done')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('row', { name: /shop-catalog Enabled/ })).toBeVisible()
})

test('Tab indents in the editor, Esc and Tab leave it', async ({ enter }) => {
  const page = await enter('ada', reviews)
  const editor = page.getByRole('textbox', { name: 'YAML of the rule' })
  await tabTo(page, editor)
  await page.keyboard.press('Tab')
  await expect(editor).toBeFocused()
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
  await expect(editor).not.toBeFocused()
  await backTo(page, page.getByRole('button', { name: 'Review and apply' }))
})

test('a change is undone up to the plan, and Esc leaves it', async ({ enter }) => {
  const page = await enter('ada', `/history/${change}`)
  const undo = page.getByRole('button', { name: 'Undo', exact: true })
  await tabTo(page, undo)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Undo', exact: true })).toBeEnabled()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(undo).toBeFocused()
})

test('a request is explained by Enter in a field, and its answer stands in what is announced', async ({ enter }) => {
  const page = await enter('ada', '/meshes/edge/explain')
  // The choice of the caller is one stop, right after the tabs.
  await expect(page.getByRole('radiogroup', { name: 'Asked by' })).toBeVisible()
  await tabTo(page, page.getByRole('main').getByRole('link', { name: 'A sidecar' }))
  await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('combobox', { name: 'Gateway it arrives at' })).toBeVisible()
  await page.keyboard.press('ArrowLeft')
  await tabTo(page, page.getByRole('combobox', { name: 'Workload' }))
  await page.keyboard.type('productpage-v1')
  await expect(page.getByRole('option', { name: /productpage-v1/ }).first()).toBeAttached()
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByRole('textbox', { name: 'Host' }))
  await page.keyboard.type('reviews')
  await tabTo(page, page.getByRole('textbox', { name: 'Port' }))
  await page.keyboard.type('9080')
  await page.keyboard.press('Enter')
  await expect(page.locator('[aria-live="polite"]').getByRole('heading', { level: 2 }).first()).toBeVisible()
  await expect(page).toHaveURL(/host=reviews/)
})

test('findings are narrowed, one is opened, and its way out is planned', async ({ enter }) => {
  const page = await enter('ada', '/meshes/edge/findings')
  const rows = page.getByRole('row')
  const open = rows.getByRole('button', { expanded: false }).first()
  await tabTo(page, open)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('link', { name: 'About this code' })).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type('gateway.port-not-served')
  // The only one there is opens by itself.
  await expect(rows).toHaveCount(3)
  const fix = page.getByRole('button', { name: /^Review this fix/ }).first()
  await tabTo(page, fix)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(fix).toBeFocused()
})
