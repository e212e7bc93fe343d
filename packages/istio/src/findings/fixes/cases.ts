import type { KubernetesObject, ObjectRef } from '@orbweaver/contracts/kubernetes'
import { refKey, refOf } from '@orbweaver/contracts/kubernetes'
import { type Finding, findingKey, type Fix } from '@orbweaver/contracts/plan'
import { parse } from 'yaml'
import { kubernetesYaml } from '../../kubernetes-yaml.ts'
import { kinds } from '../../world/kinds.ts'
import type { SettingsParts } from '../../world/mesh-settings.ts'
import { clusterView } from '../../world/view.ts'
import type { Judge } from '../finding.ts'
import { judge } from '../judge.ts'
import { meshParts } from '../world.ts'
import { patched } from './apply.ts'
import { isRemark } from './sound.ts'

/** A small mesh for tests, of one cluster, or of a second one too. */
export type Case = {
  objects: readonly KubernetesObject[]
  members?: readonly KubernetesObject[]
  /** Kinds that nobody has read. */
  without?: readonly string[]
  unread?: readonly string[]
  settings?: Partial<SettingsParts>
  now?: Date
  /** Of the control plane. */
  version?: string
  /** Judges that only some have. */
  more?: readonly Judge[]
}

export function findingsOf(of: Case): Finding[] {
  const read = Object.values(kinds).filter((each) => !(of.without ?? []).includes(each))
  const config = clusterView('hub', of.objects, read)
  const clusters = of.members === undefined ? [config] : [config, clusterView('east', of.members, read)]
  const { unread = [], settings = {}, version, now = new Date('2026-06-01') } = of
  return judge(
    meshParts({
      config,
      clusters,
      unread,
      settings,
      version,
      now: () => now,
      yaml: (text): unknown => parse(text, kubernetesYaml),
    }),
    of.more,
  )
}

/** What is wrong with fixes, or with those of some names: that the finding stays, or what they bring; empty where they hold. */
export function faultsOfFixes(of: Case, ways = /./): string[] {
  const before = findingsOf(of)
  const known = new Set(before.map(findingKey))
  return before.flatMap((finding) =>
    finding.fixes.flatMap((fix) => {
      const name = `${finding.code} ${fix.code}`
      if (!ways.test(name)) return []
      const after = findingsOf(mended(of, fix))
      // What moves up in a list takes its faults along, and may have that of the entry before it.
      const isMore = (each: Finding) => countLike(after, each) > countLike(before, each)
      const isLess = countLike(after, finding) < countLike(before, finding)
      const keys = after.map(findingKey)
      const stays = keys.includes(findingKey(finding)) && !isLess ? [`${name} leaves it`] : []
      const brought = after.filter((each) => !known.has(findingKey(each)) && isMore(each) && !isRemark(each))
      return [...stays, ...brought.map((each) => `${name} brings ${findingKey(each)}`)]
    }),
  )
}

/** How often the same is said of the same object. */
function countLike(all: readonly Finding[], { code, ref }: Finding): number {
  return all.filter((each) => each.code === code && refKey(each.ref) === refKey(ref)).length
}

function mended(of: Case, { patches }: Fix): Case {
  const take = (cluster: string, objects: readonly KubernetesObject[]) =>
    patches
      .filter(({ ref }) => ref.cluster === cluster)
      .reduce<readonly KubernetesObject[]>((list, { ref, operations }) => {
        const at = (each: KubernetesObject) => isAt(cluster, each, ref)
        const was = list.find(at)
        const next = patched(was ?? { apiVersion: 'v1', kind: ref.kind, metadata: { name: ref.name } }, operations)
        return was === undefined ? [...list, next] : list.map((each) => (at(each) ? next : each))
      }, objects)
  const members = of.members === undefined ? {} : { members: take('east', of.members) }
  return { ...of, objects: take('hub', of.objects), ...members }
}

function isAt(cluster: string, object: KubernetesObject, ref: ObjectRef): boolean {
  return refKey(refOf(cluster, object)) === refKey(ref)
}
