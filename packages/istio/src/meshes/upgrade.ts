import { compareVersions, prereleaseOrder, readVersion, supportOf } from '../versions.ts'

/**
 * The newest version that every operator of a mesh can install and that is later than the one it has. A release is no
 * reason to move to a candidate; of minors at most the next one, as Istio upgrades them one by one
 * (istio.io/latest/docs/setup/upgrade, 1.30).
 */
export function upgradeOf(version: string, offers: readonly (readonly string[])[]): string | undefined {
  const [first = [], ...others] = offers
  const now = readVersion(version)
  if (now === undefined) return undefined
  return first
    .filter((each) => others.every((offer) => offer.includes(each)))
    .filter((each) => prereleaseOrder(each) <= prereleaseOrder(version) && compareVersions(each, version) < 0)
    .filter((each) => {
      const then = readVersion(each)
      return then?.major === now.major && then.minor <= now.minor + 1
    })
    .toSorted(compareVersions)[0]
}

/** The day (YYYY-MM-DD) from which a version's minor gets no fixes any more, when that day has come. */
export function endOfLifeOf(version: string, now: Date): string | undefined {
  const end = supportOf(version)?.endOfLife
  return end !== undefined && Date.parse(end) <= now.getTime() ? end : undefined
}

/** Oldest and newest of the versions given; undefined of none. */
export function spanOf(versions: Iterable<string>): { oldest: string; newest: string } | undefined {
  const sorted = [...new Set(versions)].toSorted(compareVersions)
  const [newest] = sorted
  const oldest = sorted.at(-1)
  return newest === undefined || oldest === undefined ? undefined : { oldest, newest }
}
