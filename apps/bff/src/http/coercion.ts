import { SmartCoercionPlugin } from '@orpc/json-schema'
import type { StandardHandlerOptions, StandardHandlerPlugin } from '@orpc/server/standard'
import { schemaConverter } from './openapi.ts'
import type { Entry } from './server.ts'

/**
 * Numbers and booleans of a query string arrive as text. Bodies are JSON and left alone: a label whose value is the
 * text "true" must not become a boolean on its way to a cluster.
 */
export function queryCoercion(): StandardHandlerPlugin<Entry> {
  return {
    init(options) {
      const held: StandardHandlerOptions<Entry> = {}
      new SmartCoercionPlugin<Entry>({ schemaConverters: [schemaConverter()] }).init(held)
      const [coerce] = held.clientInterceptors ?? []
      options.clientInterceptors ??= []
      options.clientInterceptors.unshift((call) =>
        coerce !== undefined && call.procedure['~orpc'].route.method === 'GET' ? coerce(call) : call.next(),
      )
    },
  }
}
