import { readVersion, type Version } from '../../versions.ts'

/** A way from one version of Istio to another, for which it is asked what becomes different. */
export type Step = {
  /** As it is written, with or without the v; undefined where it is not known what runs. */
  from: string | undefined
  to: string
}

/** Whether what came with a minor (`1.30`) comes with this step; from what is not known, only with the minor gone to. */
export function brings({ from, to }: Step, minor: string): boolean {
  const [then, now] = [numberOf(readVersion(to)), numberOf(readVersion(minor))]
  if (then === undefined || now === undefined || then < now) return false
  const before = from === undefined ? then - 1 : numberOf(readVersion(from))
  return before !== undefined && before < now
}

/** Whether a version knows what came with a minor; undefined of what is no version. */
export function has(version: string, minor: string): boolean | undefined {
  const [own, since] = [numberOf(readVersion(version)), numberOf(readVersion(minor))]
  return own === undefined || since === undefined ? undefined : own >= since
}

function numberOf(version: Version | undefined): number | undefined {
  return version === undefined ? undefined : version.major * 1000 + version.minor
}

/** Without the v: as a proxy says its own. */
export function plainOf(version: string): string {
  return version.replace(/^v/, '')
}
