/** What comes in so many milliseconds; undefined when it takes longer. One that is there already is never missed. */
export function within<Value>(value: Promise<Value>, ms: number): Promise<Value | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(undefined), ms)
    value.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
