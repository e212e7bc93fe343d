import { expect, test } from './harness/browser.ts'

test.use({ story: 'clusters' })

test('lists the registered clusters with their state', async ({ enter }) => {
  const page = await enter('ada', '/clusters')
  await expect(page.getByRole('row', { name: /shanghai-prod.*Connected/ })).toBeVisible()
  await expect(page.getByRole('link', { name: /lab-old/ })).toBeVisible()
})
