import type { Contract } from '@orbweaver/contracts/contract'
import { createORPCClient, createORPCErrorFromJson, isORPCErrorJson } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { OpenAPILink } from '@orpc/openapi-client/fetch'
import { routes } from './routes.ts'

export type Client = ContractRouterClient<Contract>

/** Which log line an error belongs to, as the server said in its headers. */
const requestIds = new WeakMap<object, string>()

export function requestIdOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null ? requestIds.get(error) : undefined
}

/** The contract as functions. `csrf` is asked at every call: the token changes with the session. */
export function createClient(options: { url: string; csrf: () => string | undefined }): Client {
  const link = new OpenAPILink(routes, {
    url: options.url,
    headers: () => {
      const token = options.csrf()
      return token === undefined ? {} : { 'x-csrf-token': token }
    },
    // oxlint-disable-next-line no-restricted-globals -- this is the contract's client, the one place that talks to the BFF
    fetch: (request, init) => fetch(request, { ...init, credentials: 'same-origin' }),
    customErrorResponseBodyDecoder: (body, response) => {
      if (!isORPCErrorJson(body)) return undefined
      const error = createORPCErrorFromJson(body)
      const id = response.headers['x-request-id']
      if (typeof id === 'string') requestIds.set(error, id)
      return error
    },
  })
  return createORPCClient<Client>(link)
}
