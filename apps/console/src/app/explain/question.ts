import type { RouteRequest } from '@orbweaver/contracts/explain'
import type { AccessCall } from '@orbweaver/contracts/explain-access'
import type { ObjectRef } from '@orbweaver/contracts/kubernetes'
import { paths } from '../../paths.ts'
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
  const [, part, call, search = ''] = found ?? []
  if (part === undefined) return undefined
  const mesh = decodeURIComponent(part)
  const raw = parseSearch(search)
  if (call === undefined) {
    const place = readRequest(raw)
    const request = requestOf(place)
    return request && { mesh, address: paths.explainRequest(mesh, place), of: 'request', request }
  }
  const place = readCall(raw)
  const asked = callOf(place)
  return asked && { mesh, address: paths.explainCall(mesh, place), of: 'call', call: asked }
}

/** In one line: who asks, and for what. */
export function nameOf(question: Question): { from: string; to: string } {
  if (question.of === 'request') {
    const { from, host, port, method, path, protocol } = question.request
    const isHttp = protocol === 'http' || protocol === 'https'
    return {
      from: nameAt(from.ref),
      to: `${isHttp ? `${method} ` : ''}${protocol}://${host}:${port}${isHttp ? path : ''}`,
    }
  }
  const { from, to, method, path } = question.call
  const who = from.kind === 'workload' ? nameAt(from.ref) : (from.principal ?? from.ip ?? '')
  return {
    from: who,
    to: [method, `${nameAt(to.ref)}:${to.port}${path ?? ''}`].filter((each) => each !== undefined).join(' '),
  }
}

function nameAt({ namespace, name }: ObjectRef): string {
  return namespace === undefined ? name : `${namespace}/${name}`
}
