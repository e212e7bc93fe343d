import type { Intent } from '@orbweaver/contracts/intent'
import type { TlsSecret } from '@orbweaver/contracts/security'

export type ApplyValues = {
  name: string
  namespace: string
  clusters: string[]
  certificate: string
  key: string
  ca: string
  dropCa: boolean
  /** `key=value` with commas between them. */
  labels: string
}

export function initialOf(present: TlsSecret | undefined, clusters: string[]): ApplyValues {
  const [only, ...more] = clusters
  return {
    name: present?.ref.name ?? '',
    namespace: present?.ref.namespace ?? '',
    clusters: present === undefined ? (only !== undefined && more.length === 0 ? [only] : []) : [present.ref.cluster],
    certificate: '',
    key: '',
    ca: '',
    dropCa: false,
    labels: labelsText(present?.labels ?? {}),
  }
}

export function intentFor(mesh: string, values: ApplyValues): Intent {
  const { name, namespace, clusters, certificate, key } = values
  const ca = values.ca.trim() === '' ? (values.dropCa ? null : undefined) : values.ca
  return {
    type: 'security.apply-secret',
    mesh,
    name,
    namespace,
    clusters,
    pair: { certificate, key, ...(ca !== undefined && { ca }) },
    labels: readLabels(values.labels) ?? {},
  }
}

function labelsText(labels: Record<string, string>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',')
}

const labelPattern = /^[A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?=([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/

/** undefined where they are none. */
export function readLabels(text: string): Record<string, string> | undefined {
  const parts = text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
  if (!parts.every((each) => labelPattern.test(each))) return undefined
  return Object.fromEntries(parts.map((each) => [each.slice(0, each.indexOf('=')), each.slice(each.indexOf('=') + 1)]))
}

/** RFC 1123, as contracts/names.ts has it; repeated here because zod would be a tenth of the page. */
const dnsLabel = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const labelShape = new RegExp(`^${dnsLabel}$`)
const nameShape = new RegExp(`^${dnsLabel}(\\.${dnsLabel})*$`)

export const isName = (text: string) => text.length <= 253 && nameShape.test(text)
export const isNamespace = (text: string) => text.length <= 63 && labelShape.test(text)
