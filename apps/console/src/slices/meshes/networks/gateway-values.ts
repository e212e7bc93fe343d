import type { EastWestGateway } from '@orbweaver/contracts/fleet-objects'
import { textAt } from '@orbweaver/contracts/json'

/** The form's fields; empty text and null say nothing. */
export type GatewayValues = {
  replicas: number | null
  cpuRequest: string
  cpuLimit: string
  memoryRequest: string
  memoryLimit: string
  annotations: string
  addresses: string
  port: number | null
}

type Settings = Omit<EastWestGateway, 'cluster'>

export function toGatewayValues(settings: Settings | undefined): GatewayValues {
  const { replicas = null, annotations = {}, addresses = [], port = defaultPort } = settings ?? {}
  const quantity = (of: 'requests' | 'limits', what: 'cpu' | 'memory') => textAt(settings, 'resources', of, what) ?? ''
  return {
    replicas,
    cpuRequest: quantity('requests', 'cpu'),
    cpuLimit: quantity('limits', 'cpu'),
    memoryRequest: quantity('requests', 'memory'),
    memoryLimit: quantity('limits', 'memory'),
    annotations: Object.entries(annotations)
      .map(([key, value]) => `${key}: ${value}`)
      .join('\n'),
    addresses: addresses.join('\n'),
    port: port === defaultPort ? null : port,
  }
}

const defaultPort = 15_443

/** What the form says, and nothing that it leaves empty. */
export function fromGatewayValues(cluster: string, values: GatewayValues): EastWestGateway {
  const annotations = annotationsIn(values.annotations) ?? {}
  const addresses = linesOf(values.addresses)
  const requests = quantities(values.cpuRequest, values.memoryRequest)
  const limits = quantities(values.cpuLimit, values.memoryLimit)
  const resources = { ...(requests !== undefined && { requests }), ...(limits !== undefined && { limits }) }
  return {
    cluster,
    ...(values.replicas !== null && { replicas: values.replicas }),
    ...(Object.keys(resources).length > 0 && { resources }),
    ...(Object.keys(annotations).length > 0 && { annotations }),
    ...(addresses.length > 0 && { addresses }),
    ...(addresses.length > 0 && values.port !== null && { port: values.port }),
  }
}

function quantities(cpu: string, memory: string): { cpu?: string; memory?: string } | undefined {
  const said = { ...(cpu.trim() !== '' && { cpu: cpu.trim() }), ...(memory.trim() !== '' && { memory: memory.trim() }) }
  return Object.keys(said).length === 0 ? undefined : said
}

function linesOf(text: string): string[] {
  const lines = text.split(/[\n,]/).map((each) => each.trim())
  return [...new Set(lines.filter((each) => each !== ''))]
}

/** Undefined where a line is no annotation. */
export function annotationsIn(text: string): Record<string, string> | undefined {
  const entries = text
    .split('\n')
    .filter((each) => each.trim() !== '')
    .map((line) => /^\s*([A-Za-z0-9][-A-Za-z0-9_./]*)\s*:\s(.*)$/.exec(line))
  if (entries.some((each) => each === null)) return undefined
  return Object.fromEntries(entries.map((each) => [each?.[1] ?? '', unquoted(each?.[2] ?? '')]))
}

/** As people copy it from YAML. */
function unquoted(text: string): string {
  const found = /^"(.*)"$|^'(.*)'$/.exec(text.trim())
  return found === null ? text.trim() : (found[1] ?? found[2] ?? '')
}

const address = /^([A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)$/

export function areAddresses(text: string): boolean {
  const lines = linesOf(text)
  return lines.length <= 8 && lines.every((each) => address.test(each) && each.length <= 253)
}
