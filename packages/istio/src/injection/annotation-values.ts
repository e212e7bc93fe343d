import type { MeshWorld } from '../findings/world.ts'
import { prefixFault } from '../validation/addresses.ts'
import { proxyConfigFault } from '../validation/proxy-config.ts'
import { nearestWord } from '../values/nearest.ts'

const everyOf = (text: string, isGood: (part: string) => boolean): boolean => text.split(',').every(isGood)
const isNumberBelow = (text: string, limit: number): boolean => /^\d+$/.test(text) && Number(text) < limit

const isPort = (text: string): boolean => isNumberBelow(text.trim(), 65_536)
const arePorts = (text: string): boolean => text.trim() === '' || everyOf(text.trim(), isPort)
const areRanges = (text: string): boolean => text === '' || everyOf(text, (each) => prefixFault(each) === undefined)
/** istio pkg/util/net/ip.go, ValidateInterfaceNames. */
const isInterface = (text: string): boolean => text.length <= 15 && /^[a-zA-Z][\w.-]*$/.test(text)
const areInterfaces = (text: string): boolean => text === '' || everyOf(text, (each) => isInterface(each.trim()))
const isCount = (text: string): boolean => isNumberBelow(text, 4_294_967_296)
/** A Kubernetes quantity as its parser takes it: without a digit it is nothing, but an empty text is none. */
const isAmount = (text: string): boolean =>
  text !== '' && /^[+-]?\d*(\.\d*)?([numkMGTPE]|[KMGTPE]i|[eE][+-]?\d{1,18})?$/.test(text)
/** Go's strconv.ParseBool. */
const isFlag = (text: string): boolean =>
  ['1', 't', 'T', 'TRUE', 'true', 'True', '0', 'f', 'F', 'FALSE', 'false', 'False'].includes(text)

const modes = ['REDIRECT', 'TPROXY', 'NONE']

/** Which values the injector takes, but for YAML (istio pkg/kube/inject/validate.go, AnnotationValidation, 1.31). */
const goodValues: ReadonlyMap<string, (value: string) => boolean> = new Map([
  ['sidecar.istio.io/interceptionMode', (value: string) => modes.includes(value)],
  ['status.sidecar.istio.io/port', isPort],
  ['readiness.status.sidecar.istio.io/initialDelaySeconds', isCount],
  ['readiness.status.sidecar.istio.io/periodSeconds', isCount],
  ['readiness.status.sidecar.istio.io/failureThreshold', isCount],
  ['traffic.sidecar.istio.io/includeOutboundIPRanges', (value: string) => value === '*' || areRanges(value)],
  ['traffic.sidecar.istio.io/excludeOutboundIPRanges', areRanges],
  ['traffic.sidecar.istio.io/includeInboundPorts', (value: string) => value === '*' || arePorts(value)],
  ['traffic.sidecar.istio.io/excludeInboundPorts', arePorts],
  ['traffic.sidecar.istio.io/excludeOutboundPorts', arePorts],
  ['traffic.sidecar.istio.io/excludeInterfaces', areInterfaces],
  ['traffic.sidecar.istio.io/kubevirtInterfaces', areInterfaces],
  ['istio.io/reroute-virtual-interfaces', areInterfaces],
  ['prometheus.istio.io/merge-metrics', isFlag],
  ['sidecar.istio.io/proxyCPU', isAmount],
  ['sidecar.istio.io/proxyMemory', isAmount],
  ['sidecar.istio.io/proxyCPULimit', isAmount],
  ['sidecar.istio.io/proxyMemoryLimit', isAmount],
])

/** Whether the injector takes the value; what it does not look at it takes. */
const isGoodValue = (name: string, value: string): boolean => goodValues.get(name)?.(value) ?? true

/** The same, and of YAML too where somebody can read it: what is unread may be taken. */
export function isTaken({ name, value }: { name: string; value: string }, world: Pick<MeshWorld, 'yaml'>): boolean {
  if (name !== 'proxy.istio.io/config') return isGoodValue(name, value)
  const document = world.yaml(value)
  if (document === undefined) return true
  return document.fault === undefined && proxyConfigFault(document.value) === undefined
}

/**
 * What was meant by a value that the injector refuses: the same without blanks or quotes, a mode that is nearly one of
 * Envoy's, an address as the block of that address alone. Undefined where that is none either.
 */
export function meantValue(name: string, value: string): string | undefined {
  const bare = value.trim().replace(/^(["'])(.*)\1$/s, '$2')
  const parts = bare
    .split(/[,;]/)
    .map((each) => each.trim())
    .filter((each) => each !== '')
  const blocks = parts.map((each) => (each.includes('/') ? each : `${each}/${each.includes(':') ? 128 : 32}`))
  const asMode = name.endsWith('/interceptionMode') ? nearestWord(modes, bare) : undefined
  const asFlag = { yes: 'true', on: 'true', no: 'false', off: 'false' }[bare.toLowerCase()]
  const candidates = [bare, parts.join(','), asMode, blocks.join(','), asFlag]
  const isGood = goodValues.get(name)
  return candidates.find((each) => each !== undefined && each !== '' && each !== value && isGood?.(each) === true)
}
