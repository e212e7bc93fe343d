import { type Json, listAt, textAt } from '@orbweaver/contracts/json'
import { forEach, type Report } from './report.ts'
import { textOf, textsAt } from './shared-fields.ts'

const MUTUAL_FORBIDDEN: [string, string][] = [
  ['serverCertificate', 'server certificate'],
  ['privateKey', 'private key'],
  ['caCertificates', 'CA bundle'],
  ['tlsCertificates', 'tlsCertificates'],
  ['credentialName', 'credentialName'],
  ['credentialNames', 'credentialNames'],
]
const CERTIFICATE_FIELDS = ['caCrl', ...MUTUAL_FORBIDDEN.map(([field]) => field)]

/** Of pkg/config/security; what begins with a sign is an expression that nobody reads. */
const CIPHERS = new Set([
  ...['ECDHE-ECDSA-', 'ECDHE-RSA-', ''].flatMap((exchange) =>
    ['AES128-GCM-SHA256', 'AES256-GCM-SHA384', 'AES128-SHA', 'AES256-SHA'].map((rest) => `${exchange}${rest}`),
  ),
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'DES-CBC3-SHA',
])

const isCipher = (name: string): boolean =>
  name === '' || name === 'ALL' || !/^[\p{L}\p{N}]/u.test(name) || CIPHERS.has(name)

function filled(tls: Json | undefined, field: string): boolean {
  return textOf(tls, field) !== '' || listAt(tls, field).length > 0
}

const modeOf = (tls: Json | undefined): string => textAt(tls, 'mode') ?? 'PASSTHROUGH'

export const passesThrough = (tls: Json | undefined): boolean => modeOf(tls).endsWith('PASSTHROUGH')

/** validateTLSOptions of pkg/config/validation/validation.go. A mode that is left out is PASSTHROUGH. */
export function checkServerTls(tls: Json | undefined, report: Report): void {
  if (tls === undefined || tls === null) return
  checkCiphers(tls, report)
  const mode = modeOf(tls)
  if (mode === 'ISTIO_MUTUAL') {
    const wrong = MUTUAL_FORBIDDEN.filter(([field]) => filled(tls, field))
    return wrong.forEach(([field, words]) => report.at(field).error(`ISTIO_MUTUAL TLS cannot have associated ${words}`))
  }
  if (passesThrough(tls) && CERTIFICATE_FIELDS.some((field) => filled(tls, field))) {
    report.warn(`${mode} mode does not use certificates, they will be ignored`)
  }
  if (certificateSources(tls) > 1) {
    report.error(
      'only one of credential_name, credential_names, server_certificate/private_key, tls_certificates should be specified',
    )
  }
  const terminates = ['SIMPLE', 'MUTUAL', 'OPTIONAL_MUTUAL'].includes(mode)
  if (terminates && (filled(tls, 'credentialName') || filled(tls, 'credentialNames'))) return
  if (terminates) checkCertificates(tls, mode, report)
  checkRevocation(tls, mode, report)
}

function checkCiphers(tls: Json, report: Report): void {
  const suites = textsAt(tls, 'cipherSuites')
  if (['TLSV1_0', 'TLSV1_1'].includes(textOf(tls, 'minProtocolVersion')) && suites.length === 0) {
    report
      .at('minProtocolVersion')
      .warn(
        'TLS version below TLSV1_2 require setting compatible ciphers as by default they no longer include compatible ciphers.',
      )
  }
  const sorted = (names: string[]): string => `[${[...new Set(names)].sort().join(' ')}]`
  const unknown = suites.filter((name) => !isCipher(name))
  if (unknown.length > 0) report.at('cipherSuites').warn(`ignoring invalid cipher suites: ${sorted(unknown)}`)
  const twice = suites.filter((name, index) => isCipher(name) && suites.indexOf(name) < index)
  if (twice.length > 0) report.at('cipherSuites').warn(`ignoring duplicate cipher suites: ${sorted(twice)}`)
}

function certificateSources(tls: Json): number {
  const ways = [
    filled(tls, 'serverCertificate') && filled(tls, 'privateKey'),
    filled(tls, 'credentialName'),
    filled(tls, 'credentialNames'),
    filled(tls, 'tlsCertificates'),
  ]
  return ways.filter(Boolean).length
}

function checkCertificates(tls: Json, mode: string, report: Report): void {
  const prefix = mode === 'SIMPLE' ? 'SIMPLE TLS' : 'MUTUAL TLS'
  if (mode !== 'SIMPLE' && !filled(tls, 'caCertificates')) report.error(`${prefix} requires a client CA bundle`)
  const several = listAt(tls, 'tlsCertificates')
  if (several.length > 2) report.at('tlsCertificates').warn(`${prefix} can support up to 2 server certificates`)
  const checkFiles = (certificate: Json, place: Report): void => {
    if (!filled(certificate, 'serverCertificate')) place.error(`${prefix} requires a server certificate`)
    if (!filled(certificate, 'privateKey')) place.error(`${prefix} requires a private key`)
  }
  if (several.length > 0) forEach(several, report.at('tlsCertificates'), checkFiles)
  else checkFiles(tls, report)
}

function checkRevocation(tls: Json, mode: string, report: Report): void {
  if (!filled(tls, 'caCrl')) return
  if (filled(tls, 'credentialName')) {
    report.at('caCrl').error('CRL is not supported with credentialName. CRL has to be specified in the credential')
  }
  if (mode === 'SIMPLE') report.at('caCrl').error('CRL is not supported with SIMPLE TLS')
}
