import { expect } from '@playwright/test'
import { test } from '../harness/browser.ts'
import { languages } from '../harness/words.ts'

test.use({ story: 'meshes' })

const said = {
  'en-GB': { managedStep: 'Create a managed mesh', laterStep: 'Upgrade', notBuilt: 'not in this version' },
  'zh-CN': { managedStep: '创建托管网格', laterStep: '版本升级', notBuilt: '当前版本不支持' },
}

/** Runs in the page: notes every moment without a drawing, and every drawing that is seen outside its place. */
const watchDrawings = `
  globalThis.drawn = { anew: false, seen: [] }
  const place = document.querySelector('.ow-picture-drawing')
  const first = place.querySelector('svg')
  const look = () => {
    const now = place.querySelector('svg')
    if (now === null) drawn.seen.push('nothing is drawn')
    else if (now !== first) drawn.anew = true
    for (const each of document.querySelectorAll('svg .node')) {
      if (!place.contains(each) && each.checkVisibility({ visibilityProperty: true })) drawn.seen.push('drawn elsewhere')
    }
  }
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true })
`

for (const { locale, words } of languages) {
  test.describe(locale, () => {
    test.use({ locale })

    test('the drawing on the start page leads on by a click, and says what is not built yet', async ({ enter }) => {
      const { managedStep, laterStep, notBuilt } = said[locale]
      const page = await enter('ada')
      const drawing = page.locator('.ow-picture-drawing[data-state="drawn"]')
      const later = drawing.locator('.node', { hasText: laterStep })
      await expect(later).toContainText(notBuilt)
      await later.click()
      await expect(page).toHaveURL((url) => url.pathname === '/')
      await drawing.locator('.node', { hasText: managedStep }).click()
      await expect(page).toHaveURL(/\/new\/mesh\?kind=Managed$/)
      await expect(page.getByRole('radio', { name: words.managed })).toBeChecked()
    })

    test('the drawing on the start page stays while it is drawn anew, and is drawn nowhere else', async ({ enter }) => {
      const page = await enter('ada')
      const drawing = page.locator('.ow-picture-drawing[data-state="drawn"]')
      await expect(drawing).toBeVisible()
      await page.evaluate(watchDrawings)
      await page.emulateMedia({ colorScheme: 'dark' })
      await expect.poll(() => page.evaluate('drawn.anew')).toBe(true)
      expect(await page.evaluate('drawn.seen')).toEqual([])
    })
  })
}
