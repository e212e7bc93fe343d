import type { ClusterTruth } from '@orbweaver/contracts/envelope'
import type { KubeErrorCode } from '@orbweaver/kube/error'

/** How one watched kind is doing. */
export type KindState = {
  /** Read whole at least once. */
  known: boolean
  /** The watch stands. */
  live: boolean
  /** When it was last known to be complete, in milliseconds since 1970. */
  asOf: number | undefined
  /** Why it is not live. */
  trouble: KubeErrorCode | undefined
}

export type Health = { answeredAt: number | undefined; trouble: { code: KubeErrorCode; since: number } | undefined }

type Judged = { state: ClusterTruth['state']; reason?: string | undefined }

/** The worst of what is vital. `asOf` is the age of the oldest vital kind; while its watch stands, that of the last sign of life. */
export function judgeTruth(kinds: readonly KindState[], health: Health): Judged & { asOf: number | undefined } {
  const ages = kinds.map(({ live, asOf }) =>
    live && health.trouble === undefined ? (health.answeredAt ?? asOf) : asOf,
  )
  const known = ages.filter((age) => age !== undefined)
  return { ...judge(kinds, health), asOf: known.length < ages.length ? undefined : Math.min(...known) }
}

function judge(kinds: readonly KindState[], { answeredAt, trouble }: Health): Judged {
  if (trouble !== undefined) {
    const state = trouble.code === 'unauthorized' ? 'unauthorized' : 'unreachable'
    return { state, reason: `kube.${trouble.code}` }
  }
  const unknown = kinds.filter((kind) => !kind.known)
  for (const [code, state] of refusals) {
    const refused = kinds.find((kind) => kind.trouble === code)
    if (refused !== undefined) return { state, reason: `kube.${code}` }
  }
  if (answeredAt === undefined || unknown.length > 0) {
    return { state: 'syncing', reason: reasonOf(unknown) }
  }
  const stale = kinds.filter((kind) => !kind.live)
  return stale.length > 0 ? { state: 'stale', reason: reasonOf(stale) } : { state: 'fresh' }
}

const refusals = [
  ['unauthorized', 'unauthorized'],
  ['forbidden', 'forbidden'],
] as const

function reasonOf(kinds: readonly KindState[]): string | undefined {
  const code = kinds.find((kind) => kind.trouble !== undefined)?.trouble
  return code === undefined ? undefined : `kube.${code}`
}
