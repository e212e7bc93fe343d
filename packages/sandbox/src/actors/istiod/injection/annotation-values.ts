/** What is wrong with an annotation's value, in istiod's words. */
type Problem = (value: string) => string | undefined

const parse = (kind: string, value: string): string => `strconv.Parse${kind}: parsing "${value}": invalid syntax`

const quantity: Problem = (value) =>
  /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+|[numkMGTPE]|[KMGTPE]i)?$/.test(value)
    ? undefined
    : "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"

const unsigned: Problem = (value) => (/^\d{1,9}$/.test(value) ? undefined : parse('Uint', value))

const bool: Problem = (value) =>
  ['1', 't', 'T', 'true', 'TRUE', 'True', '0', 'f', 'F', 'false', 'FALSE', 'False'].includes(value)
    ? undefined
    : parse('Bool', value)

const interceptionMode: Problem = (value) =>
  ['REDIRECT', 'TPROXY', 'NONE'].includes(value)
    ? undefined
    : `interceptionMode invalid, use REDIRECT,TPROXY,NONE: ${value}`

function wrongPort(value: string): string | undefined {
  const text = value.trim()
  if (!/^\d+$/.test(text)) return parse('Uint', text)
  return Number(text) > 65535 ? `strconv.ParseUint: parsing "${text}": value out of range` : undefined
}

const ports =
  (name: string, wildcard: boolean): Problem =>
  (value) => {
    if (value.trim() === '' || (wildcard && value === '*')) return undefined
    for (const each of value.split(',')) {
      const wrong = wrongPort(each)
      if (wrong !== undefined)
        return `${name} invalid: failed parsing port '${each}': failed parsing port '${each}': ${wrong}`
    }
    return undefined
  }

const problems: Record<string, Problem> = {
  'sidecar.istio.io/interceptionMode': interceptionMode,
  'readiness.status.sidecar.istio.io/initialDelaySeconds': unsigned,
  'readiness.status.sidecar.istio.io/periodSeconds': unsigned,
  'readiness.status.sidecar.istio.io/failureThreshold': unsigned,
  'traffic.sidecar.istio.io/includeInboundPorts': ports('includeInboundPorts', true),
  'traffic.sidecar.istio.io/excludeInboundPorts': ports('excludeInboundPorts', false),
  'traffic.sidecar.istio.io/excludeOutboundPorts': ports('excludeOutboundPorts', false),
  'prometheus.istio.io/merge-metrics': bool,
  'sidecar.istio.io/proxyCPU': quantity,
  'sidecar.istio.io/proxyMemory': quantity,
  'sidecar.istio.io/proxyCPULimit': quantity,
  'sidecar.istio.io/proxyMemoryLimit': quantity,
}

/** Templates of the charts, in no particular order. */
const TEMPLATES = [
  'sidecar',
  'gateway',
  'grpc-simple',
  'grpc-agent',
  'waypoint',
  'kube-gateway',
  'agentgateway',
  'agentgateway-waypoint',
]

/**
 * Why a Pod with these annotations cannot be injected (pkg/kube/inject/validate.go, and RunTemplate of inject.go); those
 * about addresses, network interfaces and the proxy's own configuration are not looked into.
 */
export function annotationProblem(annotations: Record<string, string>): string | undefined {
  const wrong = Object.entries(annotations).flatMap(([name, value]) => {
    const problem = problems[name]?.(value)
    return problem === undefined ? [] : [`\t* invalid value '${value}' for annotation '${name}': ${problem}`]
  })
  if (wrong.length > 0) {
    return `${wrong.length === 1 ? '1 error' : `${wrong.length} errors`} occurred:\n${wrong.join('\n')}\n\n`
  }
  const wished = annotations['inject.istio.io/templates']?.split(',').map((each) => each.trim()) ?? []
  const unknown = wished.find((each) => !TEMPLATES.includes(each))
  return unknown === undefined ? undefined : `requested template "${unknown}" not found; have ${TEMPLATES.join(', ')}`
}
