import type { ObjectRef } from '@orbweaver/contracts/kubernetes'
import { paths, refPath } from '../../paths.ts'

type ExplainPlace = { of: 'request' | 'call' | 'injection'; to: string }

const workloads: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Pod'])

/** Questions about objects, their fields filled in as far as these say; `host` is one that a rule names. */
export function explainPlaces(mesh: string, refs: readonly ObjectRef[], host?: string): ExplainPlace[] {
  const found = refs.flatMap((ref) => placesOf(mesh, ref, host))
  return [...new Map(found.map((each) => [each.to, each])).values()]
}

function placesOf(mesh: string, ref: ObjectRef, host: string | undefined): ExplainPlace[] {
  const { kind, group } = ref
  const path = refPath(ref)
  if (group === '' && kind === 'Namespace') return [{ of: 'injection', to: paths.explainInjection(mesh, { of: path }) }]
  if (workloads.has(kind)) {
    return [
      { of: 'call', to: paths.explainCall(mesh, { to: path }) },
      { of: 'injection', to: paths.explainInjection(mesh, { of: path }) },
    ]
  }
  if (group === '' && kind === 'Service') return [{ of: 'call', to: paths.explainCall(mesh, { to: path }) }]
  if (kind === 'Gateway') {
    const place = { from: path, gateway: 'yes' as const, ...(host !== undefined && { host }) }
    return [{ of: 'request', to: paths.explainRequest(mesh, place) }]
  }
  const isRoute = kind === 'VirtualService' || kind === 'DestinationRule' || kind.endsWith('Route')
  return isRoute ? [{ of: 'request', to: paths.explainRequest(mesh, host === undefined ? {} : { host }) }] : []
}
