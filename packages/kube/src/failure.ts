import { textAt } from '@orbweaver/contracts/json'
import { type KubeErrorCode, KubeError } from './error.ts'

/** OpenSSL's verification errors as Node names them. */
const tlsCodes = new Set([
  'CERT_CHAIN_TOO_LONG',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'EPROTO',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

const ownCodes: Record<string, KubeErrorCode> = {
  UND_ERR_BODY_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_OVERFLOW: 'too_large',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_INVALID_ARG: 'invalid',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'unreachable',
}

const cutCodes = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH'])

/** What a socket, TLS or undici threw, as a KubeError. One that is a KubeError already (our own abort) stays as it is. */
export function failureError(cluster: string, thrown: unknown): KubeError {
  if (thrown instanceof KubeError) return thrown
  const { code, message } = firstNamed(thrown)
  return new KubeError({ code: codeOf(code), cluster, message: message || code, reason: code })
}

/** The connection broke under a call that had begun: the server may or may not have acted on it. */
export function isCut(error: KubeError): boolean {
  return error.code === 'unreachable' && error.reason !== undefined && cutCodes.has(error.reason)
}

function codeOf(code: string): KubeErrorCode {
  const own = ownCodes[code]
  if (own !== undefined) return own
  if (tlsCodes.has(code) || code.startsWith('ERR_TLS_') || code.startsWith('ERR_SSL_')) return 'tls'
  if (code.startsWith('ERR_OSSL_') || code.startsWith('ERR_CRYPTO_')) return 'tls'
  if (code.startsWith('HPE_')) return 'bad_answer'
  return 'unreachable'
}

/** Several addresses tried in vain arrive as one AggregateError without a message: the first of them speaks. */
function firstNamed(thrown: unknown): { code: string; message: string } {
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return firstNamed(thrown.errors[0])
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return { code: textAt(thrown, 'code') ?? 'Unknown', message }
}
