import type { MemberSync } from '@orbweaver/contracts/member-sync'

/** As slow as the fallback of any page (api.ts). */
const settledMs = 30_000
/** Longer than the console's server keeps an answer of istiod (apps/bff/src/istiod/clusterz.ts): the next one is new. */
const unsettledMs = 8_000

type Asked = { state?: string; sync?: MemberSync | undefined }

/**
 * In how many milliseconds a page that shows what istiod says of members asks again: soon while one joins, leaves or is
 * being read, which ends in seconds and of which no notice tells.
 */
export function askedAgainIn(members: readonly Asked[] | undefined): number {
  const unsettled = members?.some(
    ({ state, sync }) => state === 'progressing' || state === 'leaving' || sync?.state === 'syncing',
  )
  return unsettled === true ? unsettledMs : settledMs
}
