/** Runs work as soon as there is room for it, first come, first served. */
export type Pool = <T>(work: () => Promise<T>) => Promise<T>

/** At most so many at a time, however many ask. */
export function createPool(most: number): Pool {
  const waiting: (() => void)[] = []
  let running = 0
  const enter = () =>
    new Promise<void>((resolve) => {
      if (running < most) {
        running += 1
        resolve()
      } else waiting.push(resolve)
    })
  const leave = () => {
    const next = waiting.shift()
    if (next === undefined) running -= 1
    else next()
  }
  return async (work) => {
    await enter()
    try {
      return await work()
    } finally {
      leave()
    }
  }
}
