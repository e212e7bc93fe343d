import { type Duplex, PassThrough } from 'node:stream'
import type { Dispatcher } from 'undici'
import type { Response } from './answer.ts'
import { abortReason } from './guard.ts'

/** What a server says to an upgrade: the connection is the caller's now, or an answer like any other. */
export type UpgradeAnswer =
  | { upgraded: true; headers: Response['headers']; socket: Duplex }
  | ({ upgraded: false } & Response)

/** undici's own `upgrade` keeps what a server said that did not upgrade to itself. */
export function requestUpgrade(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  signal: AbortSignal,
): Promise<UpgradeAnswer> {
  return new Promise((resolve, reject) => {
    const body = new PassThrough()
    // Read by nobody when the failure comes before the answer: the promise says it then.
    body.on('error', () => undefined)
    dispatcher.dispatch(
      { ...request, upgrade: 'websocket' },
      {
        onRequestStart(controller) {
          const onAbort = () => controller.abort(abortReason(signal))
          if (signal.aborted) onAbort()
          else signal.addEventListener('abort', onAbort, { once: true })
        },
        onRequestUpgrade: (...[, , headers, socket]) => resolve({ upgraded: true, headers, socket }),
        onResponseStart: (_controller, statusCode, headers) => resolve({ upgraded: false, statusCode, headers, body }),
        onResponseData: (_controller, chunk) => void body.write(chunk),
        onResponseEnd: () => void body.end(),
        onResponseError(_controller, error) {
          body.destroy(error)
          reject(error)
        },
      },
    )
  })
}
