import { test as base } from '@playwright/test'
import { namedWorld } from '@orbweaver/sandbox/worlds/named-world'
import type { World, WorldCluster } from '@orbweaver/sandbox/worlds/world'
import { assets } from './console.ts'
import { type Stage, setStage } from './stage.ts'
import { type Enter, entrance } from './visit.ts'

type Story = {
  /** Files of different stories do not share a fleet: what one leaves behind, another never sees. */
  story: string
  /** Name of the world; first-light where none is given. */
  world: string
  /** What is otherwise in its clusters, by their names. */
  otherwise: Record<string, Partial<WorldCluster>>
  stage: Stage
}

/** Playwright's test with a fleet and a console before it, started once a story. */
export const test = base.extend<{ enter: Enter }, Story>({
  story: ['', { scope: 'worker', option: true }],
  world: ['first-light', { scope: 'worker', option: true }],
  otherwise: [{}, { scope: 'worker', option: true }],
  stage: [
    async ({ story: _story, world, otherwise }, use) => {
      const stage = await setStage(altered(await namedWorld(world), otherwise), { assets })
      await use(stage)
      await stage.stop()
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  enter: ({ page, stage }, provide) => provide(entrance(page, stage)),
})

function altered(world: World, otherwise: Story['otherwise']): World {
  return { ...world, members: world.members.map((each) => ({ ...each, ...otherwise[each.name] })) }
}
