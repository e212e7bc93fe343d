import type { ObjectRef } from '@orbweaver/contracts/kubernetes'
import type { RuleSubject } from '@orbweaver/contracts/objects'
import { paths, type RequestPlace, refPath } from '../../paths.ts'

/** A question about an object; `about` is whom it names, where that is known. */
export type ExplainPlace = { of: 'request' | 'call' | 'injection'; to: string; about?: ObjectRef }

const routes = /^(VirtualService|DestinationRule|ServiceEntry|[A-Z]+Route)$/
const policies = /^(AuthorizationPolicy|PeerAuthentication|RequestAuthentication)$/
const workloads: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Pod'])

/** Questions about objects, their fields filled in as far as these and what is known of them say. */
export function explainPlaces(mesh: string, refs: readonly ObjectRef[], known: RuleSubject = {}): ExplainPlace[] {
  const found = refs.flatMap((ref) => placesOf(mesh, ref, known))
  const named = new Set(found.flatMap(({ of, about }) => (about === undefined ? [] : [of])))
  // One that names nobody says no more than those that do.
  const telling = found.filter(({ of, about }) => about !== undefined || !named.has(of))
  return [...new Map(telling.map((each) => [each.to, each])).values()]
}

function placesOf(mesh: string, ref: ObjectRef, known: RuleSubject): ExplainPlace[] {
  const { kind, group } = ref
  const call = (to: ObjectRef): ExplainPlace => ({
    of: 'call',
    to: paths.explainCall(mesh, { to: refPath(to) }),
    about: to,
  })
  const injection: ExplainPlace = {
    of: 'injection',
    to: paths.explainInjection(mesh, { of: refPath(ref) }),
    about: ref,
  }
  if (workloads.has(kind)) return [call(ref), injection]
  if (group === '') return { Namespace: [injection], Service: [call(ref)] }[kind] ?? []
  if (policies.test(kind)) {
    return [known.protects === undefined ? { of: 'call', to: paths.explainCall(mesh) } : call(known.protects)]
  }
  if (kind === 'Gateway') return [request(mesh, { ...known, gateway: ref })]
  return routes.test(kind) ? [request(mesh, known)] : []
}

function request(mesh: string, { host, port, protocol, gateway }: RuleSubject): ExplainPlace {
  const place: RequestPlace = {
    ...(gateway !== undefined && { from: refPath(gateway), gateway: 'yes' }),
    ...(host !== undefined && { host }),
    ...(port !== undefined && { port: String(port) }),
    ...(protocol !== undefined && protocol !== 'http' && { protocol }),
  }
  return { of: 'request', to: paths.explainRequest(mesh, place), ...(gateway !== undefined && { about: gateway }) }
}
