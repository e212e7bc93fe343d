import { at, type Json, listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../../world/kinds.ts'
import { type Code, found, type Judge } from '../finding.ts'
import { isOfOthers, parentsOf } from './parents.ts'

const docs = 'tasks/traffic-management/ingress/gateway-api/'
const unsupported: Code = { code: 'route.filter-unsupported', severity: 'error', istio: 'ignores', docs }
const characters: Code = { code: 'route.header-characters', severity: 'error', istio: 'ignores', docs }

const ofBackend = ['RequestHeaderModifier', 'ResponseHeaderModifier']
const ofGrpc = [...ofBackend, 'RequestMirror']
const ofHttp = [...ofGrpc, 'RequestRedirect', 'URLRewrite', 'CORS']

type Filter = { value: Json; pointer: string; known: readonly string[] }

/**
 * Filters for which istiod leaves out the route (istio pilot/pkg/config/kube/gateway/conversion.go, convertHTTPRoute,
 * convertGRPCRoute, buildHTTPDestination, createHeadersFilter; 1.31).
 */
export const unsupportedFilter: Judge = {
  says: [unsupported, characters],
  kinds: [kinds.httpRoute, kinds.grpcRoute],
  judge(subject, world) {
    if (parentsOf(subject.object).every((each) => isOfOthers(world, each))) return []
    return filtersOf(subject.object).flatMap(({ value, pointer, known }) => {
      const type = textAt(value, 'type') ?? ''
      if (type !== '' && !known.includes(type)) {
        const params = { type, known: known.join(', ') }
        return [found(subject, unsupported, { pointer: `${pointer}/type`, params })]
      }
      return headersOf(value, pointer)
        .filter((each) => !isPlain(textAt(each.value, 'value') ?? ''))
        .map((each) =>
          found(subject, characters, {
            pointer: `${each.pointer}/value`,
            params: { name: textAt(each.value, 'name') ?? '' },
          }),
        )
    })
  },
}

/** Of rules, and of their backends unless their weight is 0. */
function filtersOf(route: KubernetesObject): Filter[] {
  const ofRule = route.kind === 'GRPCRoute' ? ofGrpc : ofHttp
  return listAt(route, 'spec', 'rules').flatMap((rule, index) => {
    const pointer = `/spec/rules/${index}`
    const ofBackends = listAt(rule, 'backendRefs').flatMap((backend, place) =>
      numberAt(backend, 'weight') === 0
        ? []
        : listed(backend, `${pointer}/backendRefs/${place}/filters`, 'filters').map((each) => ({
            ...each,
            known: ofBackend,
          })),
    )
    return [...listed(rule, `${pointer}/filters`, 'filters').map((each) => ({ ...each, known: ofRule })), ...ofBackends]
  })
}

function headersOf(filter: Json, pointer: string) {
  return ['requestHeaderModifier', 'responseHeaderModifier'].flatMap((what) =>
    ['set', 'add'].flatMap((how) => listed(at(filter, what), `${pointer}/${what}/${how}`, how)),
  )
}

function listed(value: Json | undefined, pointer: string, field: string) {
  return listAt(value, field).map((each, index) => ({ value: each, pointer: `${pointer}/${index}` }))
}

/** A tab, or anything that is no sign of control. */
function isPlain(text: string): boolean {
  return Array.from(text).every((each) => each === '\t' || (each >= ' ' && each !== '\u007f'))
}
