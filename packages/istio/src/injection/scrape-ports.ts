import type { MeshSettings } from '../world/mesh-settings.ts'

/** A port that the agent is asked to collect metrics from and that the injector does not take; `reason` says why. */
export type ScrapeFault = {
  /** The annotation that says it, as it is written. */
  readonly name: string
  readonly value: string
  readonly port: string
  readonly reason: 'invalid' | 'agent' | 'reserved'
}

/** Ports that the proxy and its agent have (istio pilot/cmd/pilot-agent/status/server.go, istioReservedPorts). */
const reserved: ReadonlySet<number> = new Set([15_000, 15_001, 15_004, 15_006, 15_008, 15_020, 15_021, 15_053, 15_090])

type Said = Pick<ScrapeFault, 'name' | 'value'>
type Annotations = Readonly<Record<string, string>>

/**
 * Why the injector lets the API server refuse a Pod whose metrics it would merge with those of the proxy: undefined where it
 * does not (istio pkg/kube/inject/webhook.go, applyPrometheusMerge).
 */
export function scrapeFault(
  annotations: Annotations,
  { metricsMerge, statusPort }: Pick<MeshSettings, 'metricsMerge' | 'statusPort'>,
): ScrapeFault | undefined {
  const port = said(annotations, 'prometheus_io_port')
  const merges = flagOf(annotations['prometheus.istio.io/merge-metrics']) ?? metricsMerge
  if (!merges || !isScraped(annotations) || port?.value === String(statusPort)) return undefined
  const targets = said(annotations, 'prometheus_istio_io_scrape_targets')
  const listed = (targets && portsOf(targets)) ?? []
  const plain = port === undefined || port.value === '' ? [] : [{ ...port, port: port.value }]
  return (listed.length > 0 ? listed : plain).flatMap((each): ScrapeFault[] => {
    const reason = reasonOf(each.port, statusPort)
    return reason === undefined ? [] : [{ ...each, reason }]
  })[0]
}

function reasonOf(text: string, statusPort: number): ScrapeFault['reason'] | undefined {
  const port = /^[+-]?\d+$/.test(text) ? Number(text) : 0
  if (port < 1 || port > 65_535) return 'invalid'
  if (port === statusPort) return 'agent'
  return reserved.has(port) ? 'reserved' : undefined
}

/** `port:path, …`; undefined for a list that the injector cannot read, which it leaves out (ParseScrapeTargets). */
function portsOf(targets: Said): (Said & { port: string })[] | undefined {
  const entries = targets.value
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
  const ports = entries.map((each) => (each.split(':', 1)[0] ?? '').trim())
  return ports.includes('') ? undefined : ports.map((port) => ({ ...targets, port }))
}

/** The annotation that Prometheus takes for this name: whatever is no letter and no digit is `_` to it. */
function said(annotations: Annotations, name: string): Said | undefined {
  const found = Object.entries(annotations).find(([key]) => key.replaceAll(/[^a-zA-Z0-9_]/g, '_') === name)
  return found && { name: found[0], value: found[1] }
}

function isScraped(annotations: Annotations): boolean {
  return flagOf(said(annotations, 'prometheus_io_scrape')?.value) ?? true
}

/** Go's strconv.ParseBool; undefined for what it does not take. */
function flagOf(text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text)) return true
  return ['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(text) ? false : undefined
}
