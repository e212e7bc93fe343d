import { isRecord, type Json, type JsonRecord } from '@orbweaver/contracts/json'
import { type Draft, replace, respecced, specOf } from './draft.ts'
import { mistakesAtTheEdge } from './mistakes-at-the-edge.ts'
import { mistakesOfInstallation } from './mistakes-of-installation.ts'
import { mistakesOfMetadata } from './mistakes-of-metadata.ts'
import { mistakesOfPlatform } from './mistakes-of-platform.ts'
import { mistakesOfTraffic } from './mistakes-of-traffic.ts'
import { createRandom, type Random } from './random.ts'
import type { World } from './real-judges.ts'
import { sensibleWorld } from './sensible.ts'

const mistakes = Object.entries({
  ...mistakesOfTraffic,
  ...mistakesOfPlatform,
  ...mistakesOfMetadata,
  ...mistakesOfInstallation,
  ...mistakesAtTheEdge,
})

/** One world: mostly sensible, with a few mistakes. The same number, the same world. */
export function generate(seed: number): World & { readonly mistakes: readonly string[] } {
  const random = createRandom(seed)
  const draft = sensibleWorld(random)
  const planted: string[] = []
  const count = random.chance(0.1) ? 0 : 1 + random.below(5)
  for (let each = 0; each < count; each++) {
    const chosen = random.any(mistakes)
    if (chosen === undefined) continue
    const [name, plant] = chosen
    plant(draft, random)
    planted.push(name)
  }
  if (random.chance(0.25)) {
    slip(draft, random)
    planted.push('a slip of the hand')
  }
  const { objects, remotes, meshConfig, meshNetworks } = draft
  return {
    id: String(seed),
    objects: onlyLast(objects),
    remotes,
    meshConfig,
    ...(meshNetworks === undefined ? {} : { meshNetworks }),
    bare: random.chance(0.2),
    mistakes: planted,
  }
}

/** Of objects of one name the last, as in a cluster. */
function onlyLast(objects: Draft['objects']): Draft['objects'] {
  const byName = new Map<string, (typeof objects)[number]>()
  for (const each of objects) {
    const { name, namespace = '' } = each.metadata
    const group = each.apiVersion.includes('/') ? each.apiVersion.split('/')[0] : ''
    byName.set(`${group} ${each.kind} ${namespace}/${name}`, each)
  }
  return [...byName.values()]
}

/** Somewhere in a spec something is left out, said twice, or something else. */
function slip(draft: Draft, random: Random): void {
  const chosen = random.any(draft.objects.filter((each) => Object.keys(specOf(each)).length > 0))
  if (chosen === undefined) return
  const changed = slipped(specOf(chosen), random)
  if (!isRecord(changed)) return
  replace(draft, chosen, respecced({ ...chosen, spec: {} }, changed))
}

function slipped(value: Json, random: Random): Json {
  if (Array.isArray(value)) return slippedList(value, random)
  if (isRecord(value)) return slippedRecord(value, random)
  if (typeof value === 'number') return random.pick([0, -1, value + 1, 70_000])
  if (typeof value === 'string') return random.pick(['', `${value}x`, '*', 'UPPER', 'a b'])
  return value
}

function slippedList(list: readonly Json[], random: Random): Json {
  const at = random.below(list.length)
  const here = list[at]
  if (here === undefined || random.chance(0.15)) return []
  if (random.chance(0.2)) return [...list, here]
  return list.map((each, index) => (index === at ? slipped(each, random) : each))
}

function slippedRecord(record: JsonRecord, random: Random): Json {
  const chosen = random.any(Object.entries(record))
  if (chosen === undefined) return record
  const [key, here] = chosen
  const { [key]: _gone, ...rest } = record
  return random.chance(0.3) || here === undefined ? rest : { ...rest, [key]: slipped(here, random) }
}
