import type { Place } from '@orbweaver/contracts/explain'
import { isRecord, type Json, listAt, numberAt } from '@orbweaver/contracts/json'

/** Policies in effect of a port: each with what says it. */
export type Effective = Readonly<Record<string, { value: Json; place: Place }>>

/** A traffic policy: what it says for all ports, and what takes the place of that for one, by its number. */
export type TrafficPolicy = { fields: Effective; ports: ReadonlyMap<number, Effective> }

const onPorts = ['connectionPool', 'outlierDetection', 'loadBalancer', 'tls']
const everywhere = [...onPorts, 'tunnel', 'proxyProtocol', 'retryBudget']

/** As a DestinationRule says it; of two settings for one port the first counts. */
export function trafficPolicy(value: Json | undefined, place: Place): TrafficPolicy | undefined {
  if (!isRecord(value)) return undefined
  const ports = new Map<number, Effective>()
  for (const [index, settings] of listAt(value, 'portLevelSettings').entries()) {
    const port = numberAt(settings, 'port', 'number')
    if (port === undefined || ports.has(port)) continue
    const own = { ref: place.ref, pointer: `${place.pointer}/portLevelSettings/${index}` }
    ports.set(port, fieldsOf(settings, own, onPorts))
  }
  return { fields: fieldsOf(value, place, everywhere), ports }
}

function fieldsOf(value: Json | undefined, place: Place, fields: readonly string[]): Effective {
  const out: Record<string, { value: Json; place: Place }> = {}
  if (!isRecord(value)) return out
  for (const field of fields) {
    const said = value[field]
    if (said !== undefined && said !== null) {
      out[field] = { value: said, place: { ref: place.ref, pointer: `${place.pointer}/${field}` } }
    }
  }
  return out
}

/**
 * Of policies that are put together the first that says something counts, field by field. Port settings take the place of all
 * that is said for all ports (networking/util, GetPortLevelTrafficPolicy).
 */
function ofPort(policies: readonly TrafficPolicy[], port: number): { fields: Effective; whole: boolean } {
  const own = policies.map(({ ports }) => ports.get(port)).filter((each) => each !== undefined)
  const said = own.length > 0 ? own : policies.map(({ fields }) => fields)
  const fields = said.reduceRight<Effective>((others, each) => ({ ...others, ...each }), {})
  return { fields, whole: own.length > 0 }
}

/** What a subset says replaces what the rule says, field by field; its port settings replace all (MergeSubsetTrafficPolicy). */
export function effective(
  policies: readonly TrafficPolicy[],
  subset: TrafficPolicy | undefined,
  port: number,
): Effective {
  const base = ofPort(policies, port).fields
  if (subset === undefined) return base
  const own = ofPort([subset], port)
  if (!own.whole) return { ...base, ...own.fields }
  const kept = Object.fromEntries(Object.entries(base).filter(([field]) => !onPorts.includes(field)))
  return { ...kept, ...own.fields }
}

/**
 * By which TLS endpoints are told to take the mesh's own: settings of a port that say none leave that of all ports
 * (xds/endpoints/mtls_checker.go, tlsModeForDestinationRule), though the cluster does not have it.
 */
export function tlsOfEndpoints(
  policies: readonly TrafficPolicy[],
  subset: TrafficPolicy | undefined,
  port: number,
): Effective[string] | undefined {
  const said = (all: readonly TrafficPolicy[]): Effective[string] | undefined => {
    const own = all.map(({ ports }) => ports.get(port)?.tls).find((each) => each !== undefined)
    return own ?? all.map(({ fields }) => fields.tls).find((each) => each !== undefined)
  }
  return (subset && said([subset])) ?? said(policies)
}
