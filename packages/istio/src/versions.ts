import { plainVersion } from './plain.ts'

/**
 * What each Istio minor asks of Kubernetes. `hard` is the minimum below which istioctl's precheck refuses
 * (istio istioctl/pkg/install/k8sversion/version.go at each tag), `tested` the declared range
 * (istio.io data/compatibility/supportStatus.yml). Read 2026-08; dates of 1.31 on are not known.
 */
const supportTable = [
  { istio: '1.27', hard: 29, tested: [29, 33], released: '2025-08-11', endOfLife: '2026-04-07' },
  { istio: '1.28', hard: 29, tested: [30, 34], released: '2025-11-05', endOfLife: '2026-07-01' },
  { istio: '1.29', hard: 30, tested: [31, 35], released: '2026-02-16', endOfLife: undefined },
  { istio: '1.30', hard: 32, tested: [32, 36], released: '2026-05-14', endOfLife: undefined },
  { istio: '1.31', hard: 32, tested: [32, 36], released: undefined, endOfLife: undefined },
] as const
export type SupportRow = (typeof supportTable)[number]

/** The minor of the definitions of Istio's kinds that this product has (packages/schemas/src/modules.ts). */
export const definitionsMinor = '1.31'

/** Minors that proxies may be of, oldest first: those of the table, and two that follow. */
export const supportedMinors: readonly string[] = [...supportTable.map(({ istio }) => istio), '1.32', '1.33']

export type Version = { major: number; minor: number; patch: number | undefined }

/** Reads `v1.30.3`, `1.30`, `v1.34.2+k3s1`; undefined for anything else (an alias, `master`). */
export function readVersion(text: string): Version | undefined {
  const found = /^v?(\d+)\.(\d+)\+?(?:\.(\d+))?(?:$|[-+])/.exec(text)
  if (found === null) return undefined
  return {
    major: Number(found[1]),
    minor: Number(found[2]),
    patch: found[3] === undefined ? undefined : Number(found[3]),
  }
}

export function supportOf(istioVersion: string): SupportRow | undefined {
  const version = readVersion(istioVersion)
  if (version === undefined) return undefined
  return supportTable.find((row) => row.istio === `${version.major}.${version.minor}`)
}

/** An alias as `v1.30-latest`: in a revision-based mesh it upgrades in place behind one name, so it is refused. */
export function isPinned(istioVersion: string): boolean {
  const version = readVersion(istioVersion)
  return version?.patch !== undefined && !istioVersion.endsWith('-latest')
}

/** Newest first; what is no version comes last, by name. */
export function compareVersions(a: string, b: string): number {
  const left = readVersion(a)
  const right = readVersion(b)
  if (left === undefined || right === undefined) {
    return Number(left === undefined) - Number(right === undefined) || a.localeCompare(b)
  }
  return (
    right.major - left.major ||
    right.minor - left.minor ||
    (right.patch ?? -1) - (left.patch ?? -1) ||
    prereleaseOrder(a) - prereleaseOrder(b)
  )
}

/** A release comes before its candidates. */
export function prereleaseOrder(text: string): number {
  return plainVersion(text).includes('-') ? 1 : 0
}

/** Name of the revision that Sail makes of an Istio object: RevisionBased (sail getActiveRevisionName). */
export function revisionName(istioName: string, version: string): string {
  return `${istioName}-${version.replaceAll('.', '-')}`
}
