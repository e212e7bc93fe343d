/** A wait that can be cut short. */
export type Nap = {
  sleep(ms: number): Promise<void>
  /** Ends the sleep, when there is one. */
  wake(): void
}

export function createNap(signal: AbortSignal): Nap {
  let end: (() => void) | undefined
  signal.addEventListener('abort', () => end?.(), { once: true })
  return {
    sleep: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => end?.(), signal.aborted ? 0 : ms)
        end = () => {
          clearTimeout(timer)
          end = undefined
          resolve()
        }
      }),
    wake: () => end?.(),
  }
}
