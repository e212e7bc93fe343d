import type { ObjectRef } from '@orbweaver/contracts/kubernetes'
import { paths, refPath } from '../../paths.ts'

type ExplainPlace = { of: 'request' | 'call' | 'injection'; to: string }

const routes = /^(VirtualService|DestinationRule|[A-Z]+Route)$/
const workloads: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Pod'])

/** Questions about objects, their fields filled in as far as these say; `host` is one that a rule names. */
export function explainPlaces(mesh: string, refs: readonly ObjectRef[], host?: string): ExplainPlace[] {
  const found = refs.flatMap((ref) => placesOf(mesh, ref, host))
  return [...new Map(found.map((each) => [each.to, each])).values()]
}

function placesOf(mesh: string, ref: ObjectRef, host: string | undefined): ExplainPlace[] {
  const { kind, group } = ref
  const path = refPath(ref)
  const call: ExplainPlace = { of: 'call', to: paths.explainCall(mesh, { to: path }) }
  const injection: ExplainPlace = { of: 'injection', to: paths.explainInjection(mesh, { of: path }) }
  if (workloads.has(kind)) return [call, injection]
  if (group === '') return { Namespace: [injection], Service: [call] }[kind] ?? []
  const asked = host === undefined ? {} : { host }
  if (kind === 'Gateway') {
    return [{ of: 'request', to: paths.explainRequest(mesh, { from: path, gateway: 'yes', ...asked }) }]
  }
  return routes.test(kind) ? [{ of: 'request', to: paths.explainRequest(mesh, asked) }] : []
}
