import { get } from 'node:http'

/** Resolves to true as soon as the server says it is ready; to false when `until` came first. */
export async function waitUntilReady(address: string, until: Promise<unknown>): Promise<boolean> {
  const state = { over: false }
  void until.then(() => {
    state.over = true
  })
  while (!state.over) {
    if (await answersOk(`${address}/readyz`)) return true
    await Promise.race([until, new Promise((resolve) => setTimeout(resolve, 50))])
  }
  return false
}

function answersOk(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(url, { timeout: 1_000, agent: false }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    request.once('timeout', () => request.destroy())
    request.once('error', () => resolve(false))
  })
}
