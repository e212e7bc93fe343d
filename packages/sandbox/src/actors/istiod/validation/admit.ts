import { at, type Json, recordAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import { checkPeerAuthentication, checkRequestAuthentication } from './authentication.ts'
import { checkAuthorizationPolicy } from './authorization-policy.ts'
import { checkDestinationRule } from './destination-rule.ts'
import { checkEnvoyFilter } from './envoy-filter.ts'
import { checkTrafficExtension, checkWasmPlugin } from './extensions.ts'
import { checkGateway } from './gateway.ts'
import { createReport } from './report.ts'
import { checkServiceEntry } from './service-entry.ts'
import { type Check, type Reviewed, textOf } from './shared-fields.ts'
import { checkSidecar } from './sidecar.ts'
import { checkProxyConfig, checkTelemetry } from './telemetry.ts'
import { checkVirtualService } from './virtual-service.ts'
import { checkWorkloadEntry, checkWorkloadGroup } from './workloads.ts'

const CHECKS: Record<string, Check> = {
  VirtualService: checkVirtualService,
  DestinationRule: checkDestinationRule,
  Gateway: checkGateway,
  ServiceEntry: checkServiceEntry,
  Sidecar: checkSidecar,
  WorkloadEntry: checkWorkloadEntry,
  WorkloadGroup: checkWorkloadGroup,
  EnvoyFilter: checkEnvoyFilter,
  ProxyConfig: checkProxyConfig,
  PeerAuthentication: checkPeerAuthentication,
  RequestAuthentication: checkRequestAuthentication,
  AuthorizationPolicy: checkAuthorizationPolicy,
  Telemetry: checkTelemetry,
  WasmPlugin: checkWasmPlugin,
  TrafficExtension: checkTrafficExtension,
}

export type Verdict = { allowed: boolean; message?: string; warnings: string[] }

const TOP_LEVEL = new Set(['apiVersion', 'kind', 'metadata', 'spec', 'status'])

/** What istiod's `/validate` says of one object (pkg/webhooks/validation/server/server.go). */
export function validateIstioObject(object: Json | undefined, operation: string): Verdict {
  if (operation !== 'CREATE' && operation !== 'UPDATE') return { allowed: true, warnings: [] }
  const kind = textOf(object, 'kind')
  const reviewed: Reviewed = {
    name: textOf(object, 'metadata', 'name'),
    namespace: textOf(object, 'metadata', 'namespace'),
    spec: at(object, 'spec'),
    labels: stringsAt(object, 'metadata', 'labels'),
    annotations: stringsAt(object, 'metadata', 'annotations'),
  }
  const { error, warnings } = judge(kind, reviewed)
  if (error !== undefined) return { allowed: false, message: `configuration is invalid: ${error}`, warnings: [] }
  const unknown = Object.keys(recordAt(object)).find((key) => !TOP_LEVEL.has(key))
  if (unknown !== undefined) {
    const where = `${kind} resource ${reviewed.namespace}/${reviewed.name}`
    return { allowed: false, message: `unknown field ${JSON.stringify(unknown)} on ${where}`, warnings: [] }
  }
  return { allowed: true, warnings }
}

type Judged = { error: string | undefined; warnings: string[] }

function judge(kind: string, reviewed: Reviewed): Judged {
  const early = annotationProblem(kind, reviewed)
  if (early !== undefined) return { error: early, warnings: [] }
  const prefix = kind === 'AuthorizationPolicy' ? `invalid policy ${reviewed.name}.${reviewed.namespace}: ` : ''
  const report = createReport(prefix)
  CHECKS[kind]?.(reviewed, report)
  return report.result()
}

const DRY_RUN = 'istio.io/dry-run'
const ALWAYS_REJECT = 'internal.istio.io/webhook-always-reject'
const INTERNAL = ['internal.istio.io/parent-namespace', 'internal.istio.io/parents']

/** validateMetadata of pkg/config/validation/validation.go. */
function annotationProblem(kind: string, reviewed: Reviewed): string | undefined {
  const { annotations } = reviewed
  const dryRun = annotations[DRY_RUN]
  const problem = dryRun === undefined ? undefined : dryRunProblem(dryRun, kind, reviewed)
  if (problem !== undefined) return problem
  if (annotations[ALWAYS_REJECT] !== undefined) return `"${ALWAYS_REJECT}" annotation found, rejecting`
  const internal = INTERNAL.find((key) => annotations[key] !== undefined)
  return internal === undefined ? undefined : `"${internal}" annotation found, this may not be set by users`
}

/** What Go's strconv.ParseBool reads. */
const BOOLEANS = new Set(['1', 't', 'T', 'TRUE', 'true', 'True', '0', 'f', 'F', 'FALSE', 'false', 'False'])

function dryRunProblem(value: string, kind: string, { name, namespace, spec }: Reviewed): string | undefined {
  const which = `${namespace}/${name}`
  if (kind !== 'AuthorizationPolicy') {
    return `${which} has unsupported annotation ${DRY_RUN}, please remove the annotation`
  }
  const action = textAt(spec, 'action') ?? 'ALLOW'
  if (action !== 'ALLOW' && action !== 'DENY') {
    return `the annotation ${DRY_RUN} currently only supports action ALLOW/DENY, found action ${action} in ${which}`
  }
  if (BOOLEANS.has(value)) return undefined
  const why = `strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`
  return `${which} has annotation ${DRY_RUN} with invalid value (${value}): ${why}`
}
