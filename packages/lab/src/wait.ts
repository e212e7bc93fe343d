import { setTimeout as sleep } from 'node:timers/promises'

export type Wait = { readonly forMs: number; readonly everyMs: number; readonly signal?: AbortSignal }

/** Asks until the answer is not undefined; undefined again when the time is over. A question that throws counts as not yet. */
export const until = async <T>(question: () => Promise<T | undefined>, wait: Wait): Promise<T | undefined> => {
  const deadline = Date.now() + wait.forMs
  for (;;) {
    const answer = await question().catch(() => undefined)
    if (answer !== undefined) return answer
    if (Date.now() + wait.everyMs > deadline || wait.signal?.aborted === true) return undefined
    await sleep(wait.everyMs)
  }
}
