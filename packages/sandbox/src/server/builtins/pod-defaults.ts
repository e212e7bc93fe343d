import { isRecord, type Json, type JsonRecord, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { ensureRecord } from '../clone.ts'
import { fallback } from './behaviour.ts'

/** Defaults of a Pod's spec, also inside templates. Source: kubernetes pkg/apis/core/v1/defaults.go v1.36. */
export function podSpecDefaults(spec: JsonRecord): void {
  fallback(spec, 'restartPolicy', 'Always')
  fallback(spec, 'terminationGracePeriodSeconds', 30)
  fallback(spec, 'dnsPolicy', 'ClusterFirst')
  ensureRecord(spec, 'securityContext')
  fallback(spec, 'schedulerName', 'default-scheduler')
  if (typeof spec.serviceAccountName === 'string') fallback(spec, 'serviceAccount', spec.serviceAccountName)
  else if (typeof spec.serviceAccount === 'string') spec.serviceAccountName = spec.serviceAccount
  for (const list of ['initContainers', 'containers']) {
    for (const each of listAt(spec, list)) if (isRecord(each)) containerDefaults(each, spec.hostNetwork === true)
  }
  for (const each of listAt(spec, 'volumes')) if (isRecord(each)) volumeDefaults(each)
}

/** What only a Pod gets, not a template. */
export function podDefaults(spec: JsonRecord): void {
  fallback(spec, 'enableServiceLinks', true)
  for (const each of [...listAt(spec, 'containers'), ...listAt(spec, 'initContainers')]) requestDefaults(recordAt(each))
}

/** What the admission plugins Priority and DefaultTolerationSeconds give a new Pod. */
export function admittedPodDefaults(spec: JsonRecord): void {
  fallback(spec, 'preemptionPolicy', 'PreemptLowerPriority')
  fallback(spec, 'priority', 0)
  const tolerations = listAt(spec, 'tolerations')
  for (const key of ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']) {
    if (tolerations.some((each) => tolerates(each, key))) continue
    tolerations.push({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 })
  }
  spec.tolerations = tolerations
}

function tolerates(toleration: Json, key: string): boolean {
  const own = textAt(toleration, 'key') ?? ''
  const effect = textAt(toleration, 'effect') ?? ''
  return (own === key || own === '') && (effect === 'NoExecute' || effect === '')
}

/** A limit without a request is also the request. */
function requestDefaults(container: JsonRecord): void {
  const limits = recordAt(container, 'resources', 'limits')
  if (Object.keys(limits).length === 0) return
  const requests = ensureRecord(ensureRecord(container, 'resources'), 'requests')
  for (const [name, amount] of Object.entries(limits)) fallback(requests, name, amount)
}

function containerDefaults(container: JsonRecord, hostNetwork: boolean): void {
  ensureRecord(container, 'resources')
  fallback(container, 'terminationMessagePath', '/dev/termination-log')
  fallback(container, 'terminationMessagePolicy', 'File')
  fallback(container, 'imagePullPolicy', pullPolicy(textAt(container, 'image') ?? ''))
  for (const port of listAt(container, 'ports')) {
    if (!isRecord(port)) continue
    fallback(port, 'protocol', 'TCP')
    if (hostNetwork) fallback(port, 'hostPort', port.containerPort)
  }
  for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    if (isRecord(container[probe])) probeDefaults(ensureRecord(container, probe))
  }
  for (const variable of listAt(container, 'env')) {
    const field = recordAt(variable, 'valueFrom', 'fieldRef')
    if (field.fieldPath !== undefined) fallback(field, 'apiVersion', 'v1')
  }
}

/** `latest` and untagged images are pulled always. */
function pullPolicy(image: string): string {
  if (image.includes('@')) return 'IfNotPresent'
  const last = image.slice(image.lastIndexOf('/') + 1)
  const tag = last.includes(':') ? last.slice(last.indexOf(':') + 1) : 'latest'
  return tag === 'latest' ? 'Always' : 'IfNotPresent'
}

function probeDefaults(probe: JsonRecord): void {
  fallback(probe, 'timeoutSeconds', 1)
  fallback(probe, 'periodSeconds', 10)
  fallback(probe, 'successThreshold', 1)
  fallback(probe, 'failureThreshold', 3)
  if (isRecord(probe.httpGet)) {
    fallback(probe.httpGet, 'path', '/')
    fallback(probe.httpGet, 'scheme', 'HTTP')
  }
  if (isRecord(probe.grpc)) fallback(probe.grpc, 'service', '')
}

const modes: ReadonlySet<string> = new Set(['secret', 'configMap', 'downwardAPI', 'projected'])

function volumeDefaults(volume: JsonRecord): void {
  const sources = Object.keys(volume).filter((each) => each !== 'name')
  if (sources.length === 0) volume.emptyDir = {}
  for (const source of sources) if (modes.has(source)) fallback(ensureRecord(volume, source), 'defaultMode', 420)
  if (isRecord(volume.hostPath)) fallback(volume.hostPath, 'type', '')
  for (const item of listAt(volume, 'downwardAPI', 'items')) fieldRefDefaults(item)
  for (const source of listAt(volume, 'projected', 'sources')) {
    for (const item of listAt(source, 'downwardAPI', 'items')) fieldRefDefaults(item)
    if (isRecord(source) && isRecord(source.serviceAccountToken)) {
      fallback(source.serviceAccountToken, 'expirationSeconds', 3600)
    }
  }
}

function fieldRefDefaults(item: Json): void {
  const field = recordAt(item, 'fieldRef')
  if (field.fieldPath !== undefined) fallback(field, 'apiVersion', 'v1')
}
