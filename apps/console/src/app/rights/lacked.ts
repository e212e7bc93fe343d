import { MissingRight } from '@orbweaver/contracts/missing-right'
import { ORPCError } from '@orpc/client'

/** The right for want of which a call was refused; none where its API group is not known, as when an API server refused. */
export function lackedIn(error: unknown): MissingRight | undefined {
  if (!(error instanceof ORPCError) || error.code !== 'access.forbidden') return undefined
  return MissingRight.safeParse(error.data).data
}
