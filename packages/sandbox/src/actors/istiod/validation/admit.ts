import { at, type Json, recordAt, stringsAt } from '@orbweaver/contracts/json'
import { textOf } from './shared-fields.ts'
import { checkPeerAuthentication, checkRequestAuthentication } from './authentication.ts'
import { checkAuthorizationPolicy } from './authorization-policy.ts'
import type { Check, Reviewed } from './shared-fields.ts'
import { checkDestinationRule } from './destination-rule.ts'
import { checkGateway } from './gateway.ts'
import { createReport } from './report.ts'
import { checkServiceEntry } from './service-entry.ts'
import { checkVirtualService } from './virtual-service.ts'

const CHECKS: Record<string, Check> = {
  VirtualService: checkVirtualService,
  DestinationRule: checkDestinationRule,
  Gateway: checkGateway,
  ServiceEntry: checkServiceEntry,
  PeerAuthentication: checkPeerAuthentication,
  RequestAuthentication: checkRequestAuthentication,
  AuthorizationPolicy: checkAuthorizationPolicy,
}

export type Verdict = { allowed: boolean; message?: string; warnings: string[] }

const TOP_LEVEL = new Set(['apiVersion', 'kind', 'metadata', 'spec', 'status'])

/**
 * What istiod's `/validate` says of one object (pkg/webhooks/validation/server/server.go). Kinds without checks
 * here are let through: their schema is the API server's business.
 */
export function validateIstioObject(object: Json | undefined, operation: string): Verdict {
  if (operation !== 'CREATE' && operation !== 'UPDATE') return { allowed: true, warnings: [] }
  const kind = textOf(object, 'kind')
  const reviewed: Reviewed = {
    name: textOf(object, 'metadata', 'name'),
    namespace: textOf(object, 'metadata', 'namespace'),
    spec: at(object, 'spec'),
    labels: stringsAt(object, 'metadata', 'labels'),
  }
  const { error, warnings } = judge(object, kind, reviewed)
  if (error !== undefined) return { allowed: false, message: `configuration is invalid: ${error}`, warnings: [] }
  const unknown = Object.keys(recordAt(object)).find((key) => !TOP_LEVEL.has(key))
  if (unknown !== undefined) {
    const where = `${kind} resource ${reviewed.namespace}/${reviewed.name}`
    return { allowed: false, message: `unknown field ${JSON.stringify(unknown)} on ${where}`, warnings: [] }
  }
  return { allowed: true, warnings }
}

type Judged = { error: string | undefined; warnings: string[] }

function judge(object: Json | undefined, kind: string, reviewed: Reviewed): Judged {
  const early = annotationProblem(object, kind, reviewed)
  if (early !== undefined) return { error: early, warnings: [] }
  const prefix = kind === 'AuthorizationPolicy' ? `invalid policy ${reviewed.name}.${reviewed.namespace}: ` : ''
  const report = createReport(prefix)
  CHECKS[kind]?.(reviewed, report)
  return report.result()
}

const DRY_RUN = 'istio.io/dry-run'
const ALWAYS_REJECT = 'internal.istio.io/webhook-always-reject'

function annotationProblem(object: Json | undefined, kind: string, { name, namespace }: Reviewed): string | undefined {
  const annotations = recordAt(object, 'metadata', 'annotations')
  if (annotations[DRY_RUN] !== undefined && kind !== 'AuthorizationPolicy') {
    return `${namespace}/${name} has unsupported annotation ${DRY_RUN}, please remove the annotation`
  }
  if (annotations[ALWAYS_REJECT] !== undefined) return `"${ALWAYS_REJECT}" annotation found, rejecting`
  const internal = ['internal.istio.io/parent-namespace', 'internal.istio.io/parents'].find(
    (key) => annotations[key] !== undefined,
  )
  return internal === undefined ? undefined : `"${internal}" annotation found, this may not be set by users`
}
