import { at, type Json, listAt, numberAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { isDnsLabel, quoted } from './names.ts'
import { forEach, type Report } from './report.ts'

/** The object under review: what a check may look at. */
export type Reviewed = {
  name: string
  namespace: string
  spec: Json | undefined
  labels: Record<string, string>
  annotations: Record<string, string>
  tools: Tools
}

/** What a check may ask that is not in this package. */
export type Tools = {
  /** Why a CEL expression cannot be parsed; without it nothing is said of expressions. */
  celFault?(expression: string): string | undefined
}

/** The report is for the object's spec. */
export type Check = (reviewed: Reviewed, report: Report) => void

/** Says what is wrong with each text of a list, at its place. */
export function checkTexts(list: Json[], report: Report, problem: (text: string) => string | undefined): void {
  forEach(list, report, (each, place) => {
    if (typeof each === 'string' || each === null) place.error(problem(each ?? ''))
  })
}

/** The texts of a list; null is an empty one, as for Go's decoder. */
export function textsAt(value: unknown, ...path: (string | number)[]): string[] {
  return listAt(value, ...path)
    .map((each) => each ?? '')
    .filter((each) => typeof each === 'string')
}

/** A map of texts; null is an empty one, as for Go's decoder. */
export function stringsAt(value: unknown, ...path: (string | number)[]): Record<string, string> {
  const entries = Object.entries(recordAt(value, ...path)).map(([key, each]) => [key, each ?? ''] as const)
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}

/** Visibility lists (validateExportTo). `~` is only for ServiceEntries. */
export function checkExportTo(reviewed: Reviewed, report: Report, kind: 'plain' | 'serviceEntry' | 'selected'): void {
  const entries = textsAt(reviewed.spec, 'exportTo')
  const place = report.at('exportTo')
  const seen = new Set<string>()
  for (const [index, entry] of entries.entries()) {
    const key = entry === '.' ? reviewed.namespace : entry
    const problem = exportEntryProblem({ entry, key, twice: seen.has(key) }, kind)
    place.at(index).error(problem)
    if (problem === undefined) seen.add(key)
  }
  if (kind === 'selected' && seen.size > 0) place.error(selectedExport(seen, reviewed.namespace))
  if (entries.length < 2) return
  if (seen.has('*')) place.error('cannot have both public (*) and non-public exportTo values for a resource')
  if (seen.has('~')) place.error('cannot export service entry to no one (~) and someone')
}

type ExportEntry = { entry: string; key: string; twice: boolean }

function exportEntryProblem({ entry, key, twice }: ExportEntry, kind: string): string | undefined {
  if (twice && key === entry) return `duplicate entries in exportTo for entry ${entry}`
  if (twice) return `duplicate entries in exportTo: . and current namespace ${key}`
  if (key === '~' && kind !== 'serviceEntry') return 'exportTo ~ (none) is not allowed for Istio configuration objects'
  const known = key === '*' || key === '~' || isDnsLabel(key)
  return known ? undefined : 'only .,*, or a valid DNS 1123 label is allowed as exportTo entry'
}

function selectedExport(seen: Set<string>, namespace: string): string | undefined {
  if (!seen.has(namespace))
    return 'destination rule with workload selector cannot have exportTo beyond current namespace'
  return seen.size > 1 ? 'destination rule with workload selector cannot have multiple entries in exportTo' : undefined
}

const unlabelled = 'workload selector specified without labels'

/** Selector by `matchLabels` (validateWorkloadSelector). */
export function checkSelector(selector: Json | undefined, report: Report): void {
  if (selector === undefined || selector === null) return
  const labels = stringsAt(selector, 'matchLabels')
  checkLabels(labels, report.at('matchLabels'))
  if (Object.keys(labels).length === 0) report.warn(unlabelled)
}

/** Says whether all of them are fine. */
function checkLabels(labels: Record<string, string>, report: Report): boolean {
  const wrong = Object.entries(labels).filter(([key, value]) => {
    const pair = quoted(`${key}=${value}`)
    const starred = `${key}${value}`.includes('*')
    if (key === '') report.at(key).error(`empty key is not supported in selector: ${pair}`)
    if (starred) report.at(key).error(`wildcard is not supported in selector: ${pair}`)
    return key === '' || starred
  })
  return wrong.length === 0
}

/**
 * Selector by `labels` (ValidateAlphaWorkloadSelector). Says whether the check goes on: what is wrong here hides the
 * rest.
 */
export function passesAlphaSelector(selector: Json | undefined, kind: string, report: Report): boolean {
  if (selector === undefined || selector === null) return true
  const labels = stringsAt(selector, 'labels')
  const fine = checkLabels(labels, report.at('labels'))
  if (Object.keys(labels).length === 0) {
    report.warn(`${kind}: ${unlabelled}, will be applied to all services in namespace`)
  }
  return fine
}

const TARGETS = new Set([
  '/Service',
  'core/Service',
  'networking.istio.io/ServiceEntry',
  'gateway.networking.k8s.io/Gateway',
  'gateway.networking.k8s.io/GatewayClass',
])
const TARGETS_TEXT =
  '[core/v1/Service networking.istio.io/v1/ServiceEntry gateway.networking.k8s.io/v1/Gateway gateway.networking.k8s.io/v1/GatewayClass]'

/** Selector, targetRef or targetRefs, never two (validateOneOfSelectorType, validatePolicyTargetReference). */
export function checkAttachment(spec: Json | undefined, report: Report): void {
  const refs = listAt(spec, 'targetRefs')
  const given = [has(spec, 'targetRef'), refs.length > 0, has(spec, 'selector')]
  if (given.filter(Boolean).length > 1) report.error('only one of targetRefs or workloadSelector can be set')
  checkSelector(at(spec, 'selector'), report.at('selector'))
  if (has(spec, 'targetRef')) checkTarget(at(spec, 'targetRef'), report.at('targetRef'))
  forEach(refs, report.at('targetRefs'), checkTarget)
}

function checkTarget(ref: Json | undefined, report: Report): void {
  if (textOf(ref, 'name') === '') report.at('name').error('targetRef name must be set')
  if (textOf(ref, 'namespace') !== '') {
    report.at('namespace').error('targetRef namespace must not be set; cross namespace referencing is not supported')
  }
  const [group, kind] = [textOf(ref, 'group'), textOf(ref, 'kind')]
  if (!TARGETS.has(`${group}/${kind}`)) {
    report.error(`targetRef must be to one of ${TARGETS_TEXT} but was ${group}/${kind}`)
  }
}

/** Whether a field is there at all: an empty object counts, as it does for a pointer in Go. */
export function has(value: unknown, ...path: string[]): boolean {
  const found = at(value, ...path)
  return found !== undefined && found !== null
}

/** Whether a list has items or an object has keys: protobuf does not tell empty from absent. */
export function hasAny(value: unknown, ...path: string[]): boolean {
  const found = at(value, ...path)
  return typeof found === 'object' && found !== null && Object.keys(found).length > 0
}

/** The text of a field; empty when there is none, as in a protobuf message. */
export function textOf(value: unknown, ...path: (string | number)[]): string {
  return textAt(value, ...path) ?? ''
}

/** The number of a field; 0 when there is none, as in a protobuf message. */
export function numberOf(value: unknown, ...path: (string | number)[]): number {
  return numberAt(value, ...path) ?? 0
}
