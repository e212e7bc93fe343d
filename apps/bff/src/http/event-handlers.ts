import type { Entry } from './server.ts'
import { server } from './server.ts'

/** How long a stream may go on after its session ended. */
const recheckMs = 30_000

export const eventHandlers = {
  watch: server.events.watch.handler(async function* ({ context }) {
    const session = whileSignedIn(context)
    try {
      yield* context.notices.subscribe(context.viewer, AbortSignal.any([context.signal, session.signal]))
    } finally {
      session.stop()
    }
  }),
}

/** A stream outlives the request that opened it, so it is looked after: signing out, or a token's end, ends it too. */
function whileSignedIn({ visit, log }: Entry): { signal: AbortSignal; stop(): void } {
  const over = new AbortController()
  const check = () => {
    visit.stillSignedIn().then(
      (still) => {
        if (!still) over.abort()
      },
      (error: unknown) => {
        log.warn({ message: String(error) }, 'a session could not be looked at; its stream ends')
        over.abort()
      },
    )
  }
  const timer = setInterval(check, recheckMs)
  return { signal: over.signal, stop: () => clearInterval(timer) }
}
