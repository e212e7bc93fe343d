import type { Finding } from '@orbweaver/contracts/plan'
import type { KindKey } from '../world/kinds.ts'
import { createWatched, type VersionOf } from '../world/watched.ts'
import { ranked, ruleJudges } from './judge.ts'
import { type HostRegistry, hostRegistry, meshWorld, type MeshWorldParts } from './world.ts'

/**
 * What is wrong with the rules of one mesh, kept from one question to the next. Each judge is asked again only when a
 * kind that it looked at has changed since; which these are is seen while it looks.
 */
export type Judgement = {
  /** Worst first, then by object; the same list while nothing has changed. */
  findings(): readonly Finding[]
  /** As it would be with a change laid over the views: only judges that look at one of the kinds changed are asked. */
  with(change: Overlaid): Finding[]
}

type Overlaid = Pick<MeshWorldParts, 'config' | 'clusters'> & {
  /** The kinds of the objects that the change touches, in whatever cluster. */
  kinds: ReadonlySet<KindKey>
}

export function createJudgement(parts: MeshWorldParts, versionOf: VersionOf): Judgement {
  const watched = createWatched(versionOf)
  const config = watched.view(parts.config)
  const clusters = parts.clusters.map((each) => (each === parts.config ? config : watched.view(each)))
  const seen = { ...parts, config, clusters }
  const hosts = watched.kept<HostRegistry>(() => hostRegistry(seen))
  const judges = ruleJudges.map((judge) => ({
    judge,
    found: watched.kept(() => judge(meshWorld(seen, () => hosts.value()))),
  }))
  let last: { lists: readonly Finding[][]; findings: readonly Finding[] } = { lists: [], findings: [] }
  return {
    findings() {
      const lists = judges.map(({ found }) => found.value())
      const same = lists.length === last.lists.length && lists.every((each, index) => each === last.lists[index])
      if (!same) last = { lists, findings: ranked(lists.flat()) }
      return last.findings
    },
    with({ kinds, ...overlaid }) {
      const known = hosts.value()
      const laid = { ...parts, ...overlaid }
      const world = hosts.lookedAt(kinds) ? meshWorld(laid) : meshWorld(laid, () => known)
      return ranked(
        judges.flatMap(({ judge, found }) => {
          const before = found.value()
          return found.lookedAt(kinds) ? judge(world) : before
        }),
      )
    },
  }
}
