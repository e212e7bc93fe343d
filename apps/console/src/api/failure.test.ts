import { ORPCError } from '@orpc/client'
import { expect, it } from 'vitest'
import { codeOf } from './failure.ts'

it.each([
  ['the console says', new ORPCError('meshes.not_found', { status: 404 }), 'meshes.not_found'],
  ['a gateway before it has no server', new ORPCError('BAD_GATEWAY', { status: 502 }), 'client.offline'],
  ['a gateway before it is told to wait', new ORPCError('SERVICE_UNAVAILABLE', { status: 503 }), 'client.offline'],
  ['a gateway before it waited in vain', new ORPCError('GATEWAY_TIMEOUT', { status: 504 }), 'client.offline'],
  ['something else answers', new ORPCError('NOT_FOUND', { status: 404 }), 'client.unreadable'],
  ['nothing answers', new TypeError('Failed to fetch'), 'client.offline'],
  ['the page itself fails', new Error('a bug'), 'client.crashed'],
])('tells what %s', (_, error, code) => {
  expect(codeOf(error)).toBe(code)
})
