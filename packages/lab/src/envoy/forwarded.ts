import { isIP } from 'node:net'
import { flagAt, type Json, numberAt } from '@orbweaver/contracts/json'
import type { Request } from './routes.ts'

/** X-Forwarded-For (envoy source/common/http/conn_manager_utility.cc, mutateRequestHeaders; utility.cc, getLastAddressFromXFF). */

const name = 'x-forwarded-for'

const addressesIn = ({ headers }: Request): readonly string[] =>
  (headers[name] ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')

/** Who a connection manager takes a request to come from: as proxies before it say whom it trusts, or who is connected. */
export function remoteOf(manager: Json, request: Request, source: string): string {
  const trusted = numberAt(manager, 'xff_num_trusted_hops') ?? 0
  const skipped = isAtEdge(manager) ? trusted - 1 : trusted
  const found = skipped < 0 ? undefined : addressesIn(request).at(-1 - skipped)
  return found !== undefined && isIP(found) !== 0 ? found : source
}

/** The request as it goes on: at the edge with who is connected at the end of the header. */
export function signed(manager: Json, request: Request, source: string): Request {
  if (!isAtEdge(manager)) return request
  return { ...request, headers: { ...request.headers, [name]: [...addressesIn(request), source].join(',') } }
}

const isAtEdge = (manager: Json): boolean => flagAt(manager, 'use_remote_address') === true
