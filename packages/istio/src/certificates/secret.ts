import { isRecord, type Json, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

/**
 * The Secrets that istiod signs from, the first that is there (istio pilot/pkg/bootstrap/istio_ca.go, 1.30): what was
 * plugged in, then what it made itself.
 */
export const authoritySecrets = { pluggedIn: 'cacerts', selfSigned: 'istio-ca-secret' } as const

/**
 * Of the API server's record of who wrote such a Secret, what tells when its files were written, and whether by this console:
 * the time of each writer of data, and nothing of what they wrote (apimachinery ManagedFieldsEntry).
 */
export function writers({ metadata }: KubernetesObject): Json[] {
  const { pluggedIn, selfSigned } = authoritySecrets
  if (metadata.name !== pluggedIn && metadata.name !== selfSigned) return []
  return listAt(metadata, 'managedFields').flatMap((each) => {
    const time = textAt(each, 'time')
    if (time === undefined || !writesData(each)) return []
    return isConsole(each) ? [{ time, manager: consoleManager }] : [{ time }]
  })
}

/** The field manager by which the console writes such Secrets. */
const consoleManager = 'orbweaver'

function isConsole(entry: Json): boolean {
  return textAt(entry, 'manager') === consoleManager
}

export function writesData(entry: Json): boolean {
  return isRecord(recordAt(entry, 'fieldsV1')['f:data'])
}

/** When the files of a Secret were last written, and by whom; undefined where nobody recorded it. */
export function lastWrite(secret: KubernetesObject): { at: string; by: 'console' | 'other' } | undefined {
  const entries = listAt(secret, 'metadata', 'managedFields').flatMap((each) => {
    const at = textAt(each, 'time')
    return at === undefined ? [] : [{ at, by: isConsole(each) ? ('console' as const) : ('other' as const) }]
  })
  return entries.toSorted((one, other) => one.at.localeCompare(other.at, 'en')).at(-1)
}

/** The files of such a Secret as istiod reads them, whichever layout it has. */
export function authorityFiles(secret: KubernetesObject): { issuing: string; chain: string; roots: string } {
  const file = (...keys: string[]) => {
    const found = keys.map((key) => textAt(secret, 'data', key)).find((each) => each !== undefined && each !== '')
    return found === undefined ? '' : decoded(found)
  }
  const issuing = file('tls.crt', 'ca-cert.pem')
  if (secret.metadata.name === authoritySecrets.selfSigned) return { issuing, chain: '', roots: issuing }
  return { issuing, chain: file('tls.crt', 'cert-chain.pem'), roots: file('ca.crt', 'root-cert.pem') }
}

/** Empty where it is no base64. */
export function decoded(base64: string): string {
  return /^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(base64) ? safeAtob(base64.replaceAll(/\s/g, '')) : ''
}

function safeAtob(text: string): string {
  return text.length % 4 === 0 ? atob(text) : ''
}
