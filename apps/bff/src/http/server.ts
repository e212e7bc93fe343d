import { contract } from '@orbweaver/contracts/contract'
import { implement, type ImplementerInternalWithMiddlewares, ORPCError } from '@orpc/server'
import type { Visit } from '../identity/visit.ts'
import type { ViewerDoor } from '../kube/doors.ts'
import { unreadFleet } from '../kube/registration.ts'
import type { Identity } from '@orbweaver/kube/client'
import type { Context } from './context.ts'
import { problem } from './problem.ts'
import { isAllowedReadOnly } from './read-only.ts'

/** What a request brings before anybody knows who asks. */
export type Entry = Omit<Context, 'viewer'> & {
  visit: Visit
  /** Opens the fleet as one person. */
  open(identity: Identity): ViewerDoor
  /** Names the operation for logs and metrics. */
  named(operation: string): void
}

const doorstep = implement(contract)
  .$context<Entry>()
  .use(({ context, next, path, procedure }) => {
    const operation = path.join('.')
    context.named(operation)
    const method = procedure['~orpc'].route.method ?? 'POST'
    if (context.visit.readOnly && method !== 'GET' && !isAllowedReadOnly(operation)) {
      throw problem('access.read_only', { operation })
    }
    return next()
  })

/** Named, since the whole of it, contract and all, is longer than a declaration may be. */
type Implementing<Given extends object> = ImplementerInternalWithMiddlewares<typeof contract, Entry, Given>

/** For the operations by which one signs in: nobody is required. */
export const strangers: Implementing<Entry> = doorstep

const inside = doorstep
  .use(async ({ context, next }) => {
    const signedIn = await context.visit.signedIn()
    if (signedIn === undefined) throw problem('access.signed_out', { mode: context.visit.mode })
    return next({ context: { viewer: context.open(signedIn.identity) } })
  })
  .use(async ({ context, next }) => {
    const unread = unreadFleet(context.fleet)
    if (unread?.code !== 'plan.fleet_unread') return next()
    try {
      return await next()
    } catch (error) {
      // What was not read yet is not gone.
      throw error instanceof ORPCError && error.status === 404 ? problem('hub.unread', {}) : error
    }
  })

/** For all others: handlers begin with somebody signed in, and see through their eyes. */
export const server: Implementing<Entry & { viewer: ViewerDoor }> = inside
