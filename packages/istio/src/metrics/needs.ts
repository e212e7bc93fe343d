import { type Matcher, marked, maxBy, rate, selector, sumBy } from './promql.ts'
import { rateWindow } from './range.ts'

/** What is asked: at one time, or at each step of a range. */
export type Need = { query: string; over?: { seconds: number; step: number } }

/** How a Prometheus tells clusters apart, where it has series of several: the label, and its values that are wanted. */
export type Told = { label: string; values: readonly string[] }

/** Labels of an edge: who called whom, and who says so (istio pilot/pkg/model/telemetry.go). */
const edgeLabels = [
  'reporter',
  'source_cluster',
  'source_workload_namespace',
  'source_workload',
  'destination_cluster',
  'destination_service',
  'destination_service_name',
  'destination_service_namespace',
]

/** Minutes over which requests between clusters are counted: four scrapes of a minute, and one that is late. */
export const crossingSeconds = 300

/** Requests per second and those that failed, of each edge. */
export function requestNeeds(seconds: number, told: Told | undefined) {
  return {
    requests: { query: edges(rate(selector('istio_requests_total', of(told)), seconds)) },
    errors: { query: edges(failed(seconds, told)) },
  }
}

/** Milliseconds spent and requests that were timed, per second of each edge. */
function durationNeeds(seconds: number, told: Told | undefined) {
  const durations = (part: string) =>
    edges(rate(selector(`istio_request_duration_milliseconds_${part}`, of(told)), seconds))
  return { spent: { query: durations('sum') }, timed: { query: durations('count') } }
}

/** Whether there is any request of the proxies at all. */
export function presenceNeed(told: Told | undefined): Need {
  return { query: `count(${selector('istio_requests_total', of(told))})` }
}

/** Everything a mesh's load is made of: always these seven, whatever the number of namespaces. */
export function loadNeeds(over: { seconds: number; step: number }, told: Told | undefined) {
  const window = rateWindow(over.step)
  return {
    cpu: { query: containers(rate(selector('container_cpu_usage_seconds_total', proxies(told)), window), told), over },
    memory: { query: containers(selector('container_memory_working_set_bytes', proxies(told)), told), over },
    bytes: { query: bytes(window, told), over },
    ...requestNeeds(over.seconds, told),
    ...durationNeeds(over.seconds, told),
  }
}

/**
 * Requests without an answer have the code 0. An answer of gRPC is 200 whatever it says, so its own status counts; one that is
 * wrong both ways is in the union once.
 */
function failed(seconds: number, told: Told | undefined): string {
  const http = selector('istio_requests_total', [{ label: 'response_code', matches: '5..|0' }, ...of(told)])
  const grpc = selector('istio_requests_total', [
    { label: 'request_protocol', is: 'grpc' },
    { label: 'grpc_response_status', misses: '0|' },
    ...of(told),
  ])
  return `${rate(http, seconds)} or ${rate(grpc, seconds)}`
}

function edges(expression: string): string {
  return `${sumBy(edgeLabels, expression)} > 0`
}

/** cAdvisor's name of the container is the same for a sidecar of either sort, a gateway and a ztunnel. */
function proxies(told: Told | undefined): Matcher[] {
  return [{ label: 'container', is: 'istio-proxy' }, ...of(told)]
}

/** A container that was restarted, or that two jobs read, is there twice for a while, and counts once. */
function containers(expression: string, told: Told | undefined): string {
  const cluster = told === undefined ? [] : [told.label]
  return sumBy(['namespace', ...cluster], maxBy(['namespace', 'pod', ...cluster], expression))
}

const byteMetrics = [
  'istio_request_bytes_sum',
  'istio_response_bytes_sum',
  'istio_tcp_sent_bytes_total',
  'istio_tcp_received_bytes_total',
]

/** At the callers' end alone: what comes to the other end, or through a waypoint, is the same once more. */
function bytes(seconds: number, told: Told | undefined): string {
  const labels = ['reporter', 'source_cluster', 'source_workload_namespace']
  const each = byteMetrics.map((metric) => {
    const series = selector(metric, [{ label: 'reporter', is: 'source' }, ...of(told)])
    return marked(sumBy(labels, rate(series, seconds)), 'part', metric)
  })
  return sumBy(labels, each.join(' or '))
}

function of(told: Told | undefined): Matcher[] {
  return told === undefined ? [] : [{ label: told.label, anyOf: told.values }]
}
