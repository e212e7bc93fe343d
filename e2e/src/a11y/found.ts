import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** All rules, without what they say of nodes that are in order. */
const violationsAlone = { resultTypes: ['violations' as const] }

/**
 * What axe finds on the page as it is now, in short. Legacy mode leaves out frames of other origins, of which the console
 * has none, and with them the blank page that is otherwise opened for each result. Animations are over when nothing
 * moves any more.
 */
export async function found(page: Page): Promise<string[]> {
  await page.waitForFunction('document.getAnimations().every((each) => each.playState !== "running")')
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).options(violationsAlone).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map((node) => `${id}: ${node.html.slice(0, 160)}`))
}
