import type { RouteRequest } from '@orbweaver/contracts/explain'
import type { AccessCall } from '@orbweaver/contracts/explain-access'
import type { ObjectRef } from '@orbweaver/contracts/kubernetes'
import { parseSearch } from '../location.ts'
import { callOf, readCall, readRequest, requestOf } from './questions.ts'

/** What an address asks of a mesh: what becomes of a request, or whether a call is let in. */
export type Question = { mesh: string; address: string } & (
  | { of: 'request'; request: RouteRequest }
  | { of: 'call'; call: AccessCall }
)

/** An address of an explaining page, with or without the console before it; undefined where it asks nothing. */
export function questionAt(text: string): Question | undefined {
  const found = /\/meshes\/([^/?#]+)\/explain(\/call)?(\?[^#]*)?(?:#.*)?$/.exec(text.trim())
  const [, mesh, call, search = ''] = found ?? []
  if (mesh === undefined) return undefined
  const at = { mesh: decodeURIComponent(mesh), address: `/meshes/${mesh}/explain${call ?? ''}${search}` }
  const raw = parseSearch(search)
  if (call === undefined) {
    const request = requestOf(readRequest(raw))
    return request && { ...at, of: 'request', request }
  }
  const asked = callOf(readCall(raw))
  return asked && { ...at, of: 'call', call: asked }
}

/** In one line: who asks, and for what. */
export function nameOf(question: Question): { from: string; to: string } {
  if (question.of === 'request') {
    const { from, host, port, method, path, protocol } = question.request
    const isHttp = protocol === 'http' || protocol === 'https'
    return {
      from: place(from.ref),
      to: `${isHttp ? `${method} ` : ''}${protocol}://${host}:${port}${isHttp ? path : ''}`,
    }
  }
  const { from, to, method, path } = question.call
  const who = from.kind === 'workload' ? place(from.ref) : (from.principal ?? from.ip ?? '')
  return {
    from: who,
    to: [method, `${place(to.ref)}:${to.port}${path ?? ''}`].filter((each) => each !== undefined).join(' '),
  }
}

function place({ namespace, name }: ObjectRef): string {
  return namespace === undefined ? name : `${namespace}/${name}`
}
