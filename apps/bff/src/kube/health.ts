import type { KubeClient } from '@orbweaver/kube/client'
import { KubeError, type KubeErrorCode } from '@orbweaver/kube/error'

/** What is known of a cluster's answering at all; times in milliseconds since 1970. */
export type Heard = {
  /** When it last answered. */
  readonly answeredAt: number | undefined
  /** Why it last did not, and since when; undefined while it answers or was not asked yet. */
  readonly trouble: { code: KubeErrorCode; since: number } | undefined
  /** When it first answered, or did so again after trouble; a refusal of our own credentials is an answer too. */
  readonly speakingSince: number | undefined
}

/**
 * Whether one API server answers at all, asked by itself: watches of a black-holed cluster stay silent for minutes, and
 * a page must say within seconds that what it shows is old. The least an API server can be asked, so it may be often.
 */
export type Health = Heard & {
  /** Asks at once, unless it is being asked. */
  check(): void
  stop(): void
}

export type HealthOptions = { client: KubeClient; onChange: () => void; everyMs?: number; deadlineMs?: number }

export function watchHealth({ client, onChange, everyMs = 5_000, deadlineMs = 3_000 }: HealthOptions): Health {
  let answeredAt: number | undefined
  let trouble: { code: KubeErrorCode; since: number } | undefined
  let speakingSince: number | undefined
  let asking = false
  let timer: NodeJS.Timeout | undefined
  const ending = new AbortController()
  const ended = () => ending.signal.aborted

  const answered = () => {
    const now = Date.now()
    if (trouble !== undefined || answeredAt === undefined) speakingSince = now
    answeredAt = now
    trouble = undefined
  }
  const failed = (code: KubeErrorCode) => {
    const now = Date.now()
    if (code === 'unauthorized') speakingSince = now
    if (trouble?.code !== code) trouble = { code, since: trouble?.since ?? now }
  }
  const note = (code: KubeErrorCode | undefined) => {
    const before = trouble?.code
    const first = answeredAt === undefined
    if (code === undefined) answered()
    else failed(code)
    if (before !== trouble?.code || first) onChange()
  }
  const ask = async () => {
    if (asking || ended()) return
    asking = true
    clearTimeout(timer)
    const code = await probe(client, { deadlineMs, signal: ending.signal })
    asking = false
    if (ended()) return
    note(code)
    timer = setTimeout(() => void ask(), everyMs)
  }
  void ask()

  return {
    get answeredAt() {
      return answeredAt
    },
    get trouble() {
      return trouble
    },
    get speakingSince() {
      return speakingSince
    },
    check: () => void ask(),
    stop() {
      ending.abort()
      clearTimeout(timer)
    },
  }
}

/** An answer of any kind is an answer, except those of a gateway that found nobody behind it. */
async function probe(
  client: KubeClient,
  options: { deadlineMs: number; signal: AbortSignal },
): Promise<KubeErrorCode | undefined> {
  try {
    await client.raw('/version', options)
    return undefined
  } catch (error) {
    if (!(error instanceof KubeError)) throw error
    return error.code === 'forbidden' || error.code === 'not_found' ? undefined : error.code
  }
}
