import { at, flagAt, isRecord, textAt, textsAt } from '@orbweaver/contracts/json'
import { nearestWord } from '../../../values/nearest.ts'
import { put, remove, replace } from '../../operations.ts'
import { valueAt } from '../spots.ts'
import { type Mend, parentOf, type Way } from './way.ts'

/** TLS settings of a Gateway's servers. */

const OF_CERTIFICATES = [
  'caCrl',
  'serverCertificate',
  'privateKey',
  'caCertificates',
  'tlsCertificates',
  'credentialName',
  'credentialNames',
]

/** Certificates that nobody uses go; where no mode was written, they are what was meant. */
export const unusedCertificates: Mend = ({ pointer, value }) => {
  const fields = OF_CERTIFICATES.filter((field) => at(value, field) !== undefined)
  const unsaid = textAt(value, 'mode') === undefined && textAt(value, 'credentialName') !== undefined
  const simple: Way = { code: 'terminate', operations: [put(`${pointer}/mode`, 'SIMPLE')] }
  const away: Way = { code: 'remove-certificates', operations: fields.map((field) => remove(`${pointer}/${field}`)) }
  return unsaid ? [simple, away] : [away]
}

/** A port that has certificates was to speak TLS; one of plain text has at most a redirect to it. */
export const plainServer: Mend = ({ object, pointer, value }) => {
  const port = `${parentOf(pointer)}/port`
  const protocol = textAt(valueAt(object, port), 'protocol') ?? ''
  const secure = protocol.toUpperCase().startsWith('HTTP') ? 'HTTPS' : 'TLS'
  const redirects = flagAt(value, 'httpsRedirect') === true
  const speaks: Way = {
    code: 'speak-tls',
    params: { value: secure },
    operations: [replace(`${port}/protocol`, secure)],
  }
  const plain: Way = {
    code: 'plain',
    operations: [redirects ? replace(pointer, { httpsRedirect: true }) : remove(pointer)],
  }
  const hasCertificate = OF_CERTIFICATES.some((field) => at(value, field) !== undefined)
  return hasCertificate ? [speaks, plain] : [plain]
}

const CIPHERS = [
  ...['ECDHE-ECDSA-', 'ECDHE-RSA-', ''].flatMap((exchange) =>
    ['AES128-GCM-SHA256', 'AES256-GCM-SHA384', 'AES128-SHA', 'AES256-SHA'].map((rest) => exchange + rest),
  ),
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
]

/** IANA's name of a cipher suite in OpenSSL's words, which Envoy takes. */
function inOpenSsl(name: string): string | undefined {
  const short = name
    .toUpperCase()
    .replace(/^TLS_/, '')
    .replace('_WITH_', '_')
    .replace(/^RSA_(?=AES)/, '')
    .replaceAll(/AES_(\d+)/g, 'AES$1')
    .replace('_CBC_SHA', '_SHA')
    .replaceAll('_', '-')
    .replace(/-SHA256$/, (end) => (name.toUpperCase().includes('POLY1305') ? '' : end))
  return CIPHERS.includes(short) ? short : nearestWord(CIPHERS, name)
}

/** Each under its name; what has none goes, which Istio passes over as it is. */
export const knownCiphers: Mend = ({ pointer, value, params: { names = '' } }) => {
  const unknown = names.split(' ')
  const all = textsAt({ value: value ?? null }, 'value')
  const kept = all.filter((each) => !unknown.includes(each))
  const away: Way = {
    code: 'remove-ciphers',
    operations: [kept.length === 0 ? remove(pointer) : replace(pointer, kept)],
  }
  const meant = all.map((each) => (unknown.includes(each) ? inOpenSsl(each) : each))
  if (meant.includes(undefined)) return [away]
  const known = [...new Set(meant.filter((each) => each !== undefined))]
  return [{ code: 'use-names', params: { value: known.join(' ') }, operations: [replace(pointer, known)] }, away]
}

const PROTOCOLS = ['HTTP', 'HTTPS', 'HTTP2', 'GRPC', 'GRPC-WEB', 'MONGO', 'REDIS', 'MYSQL', 'TCP', 'TLS']

export const nearestProtocol: Mend = ({ value, pointer }) => {
  const protocol = nearestWord(PROTOCOLS, typeof value === 'string' ? value : '')
  return protocol === undefined
    ? []
    : [{ code: 'use-protocol', params: { protocol }, operations: [replace(pointer, protocol)] }]
}

export const portName: Mend = ({ object, pointer }) => {
  const port = valueAt(object, parentOf(pointer))
  const [number, protocol] = [isRecord(port) ? port['number'] : undefined, textAt(port, 'protocol')]
  if (typeof number !== 'number') return []
  const name = `${(protocol ?? 'tcp').toLowerCase()}-${number}`
  return [{ code: 'name-port', params: { name }, operations: [put(pointer, name)] }]
}
