import { setTimeout as sleep } from 'node:timers/promises'
import { isRecord, listAt, textAt } from '@orbweaver/contracts/json'
import { KubeError } from '@orbweaver/kube/error'
import { meshes } from '@orbweaver/kube/resources'
import type { AnyStage } from './stage.ts'

const hourMs = 3_600_000

/** As if an hour had passed: what a mesh waits for now is beyond its deadline when the console looks next. */
export async function anHourLater(stage: AnyStage, mesh: string): Promise<void> {
  const hub = stage.admin('hub')
  for (let tries = 0; tries < 20; tries += 1) {
    const live = await hub.get(meshes, { name: mesh })
    const stages = listAt(live, 'status', 'stages')
      .filter(isRecord)
      .map((each) => ({ ...each, since: anHourBefore(textAt(each, 'since')) }))
    const status = { ...(isRecord(live.status) ? live.status : {}), stages }
    const written = await hub.replace(meshes, { ...live, status }, { subresource: 'status' }).catch(unlessRaced)
    if (written !== undefined) return
    await sleep(100)
  }
  throw new Error(`the clock of ${mesh} could not be moved`)
}

function anHourBefore(time = new Date().toISOString()): string {
  return new Date(Date.parse(time) - hourMs).toISOString()
}

/** The console tells how the stages stand, too. */
function unlessRaced(error: unknown): undefined {
  if (error instanceof KubeError && error.code === 'conflict') return undefined
  throw error
}
