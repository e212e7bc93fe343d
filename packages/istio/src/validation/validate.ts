import { at, type Json, stringsAt, textAt } from '@orbweaver/contracts/json'
import { checkPeerAuthentication, checkRequestAuthentication } from './authentication.ts'
import { checkAuthorizationPolicy } from './authorization-policy.ts'
import { decodingFault } from './decoding.ts'
import { checkDestinationRule } from './destination-rule.ts'
import { checkEnvoyFilter } from './envoy-filter.ts'
import { checkTrafficExtension, checkWasmPlugin } from './extensions.ts'
import { checkGateway } from './gateway.ts'
import { step } from '../pointer.ts'
import { createReport, type Result, type Said } from './report.ts'
import { checkServiceEntry } from './service-entry.ts'
import { type Check, type Reviewed, textOf, type Tools } from './shared-fields.ts'
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

/**
 * What istiod has against one object of its own kinds, whatever the group and version
 * (pkg/config/validation/validation.go, master eed52ebb66ad).
 */
export function validate(object: Json | undefined, tools: Tools = {}): Result {
  const undecoded = decodingFault(textOf(object, 'kind'), at(object, 'spec'))
  const early = undecoded ?? annotationProblem(object)
  return early === undefined ? checked(object, tools) : { error: early.words, errors: [early], warnings: [] }
}

/** What `validate` says when no annotation is in the way. */
export function checked(object: Json | undefined, tools: Tools = {}): Result {
  const reviewed = reviewedOf(object, tools)
  const kind = textOf(object, 'kind')
  const prefix = kind === 'AuthorizationPolicy' ? `invalid policy ${reviewed.name}.${reviewed.namespace}: ` : ''
  const report = createReport(prefix)
  const check = Object.hasOwn(CHECKS, kind) ? CHECKS[kind] : undefined
  check?.(reviewed, report.at('spec'))
  return report.result()
}

function reviewedOf(object: Json | undefined, tools: Tools): Reviewed {
  return {
    name: textOf(object, 'metadata', 'name'),
    namespace: textOf(object, 'metadata', 'namespace'),
    spec: at(object, 'spec'),
    labels: stringsAt(object, 'metadata', 'labels'),
    annotations: stringsAt(object, 'metadata', 'annotations'),
    tools,
  }
}

const DRY_RUN = 'istio.io/dry-run'
const ALWAYS_REJECT = 'internal.istio.io/webhook-always-reject'
const INTERNAL = ['internal.istio.io/parent-namespace', 'internal.istio.io/parents']

/** Said before everything else, and alone (validateMetadata of the same file). */
export function annotationProblem(object: Json | undefined): Said | undefined {
  if (at(object, 'metadata', 'annotations') === undefined) return undefined
  const reviewed = reviewedOf(object, {})
  const { annotations } = reviewed
  const kind = textOf(object, 'kind')
  const about = (key: string, words: string): Said => ({ words, pointer: `/metadata/annotations${step(key)}` })
  const dryRun = annotations[DRY_RUN]
  const problem = dryRun === undefined ? undefined : dryRunProblem(dryRun, kind, reviewed)
  if (problem !== undefined) return about(DRY_RUN, problem)
  if (annotations[ALWAYS_REJECT] !== undefined) {
    return about(ALWAYS_REJECT, `"${ALWAYS_REJECT}" annotation found, rejecting`)
  }
  const internal = INTERNAL.find((key) => annotations[key] !== undefined)
  if (internal === undefined) return undefined
  return about(internal, `"${internal}" annotation found, this may not be set by users`)
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
