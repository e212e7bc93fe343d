import type { X509Certificate } from 'node:crypto'
import { numberAt } from '@orbweaver/contracts/json'
import type { Connection } from '../connection.ts'
import { certificatesOf } from './certificates.ts'

/** One thing a connection rests on, and when it is over; `at` is absent where it does not say. */
export type CredentialEnd = { of: 'token' | 'client-certificate' | 'certificate-authority'; at?: Date }

type Resting = Pick<Connection, 'token' | 'clientCertificate' | 'certificateAuthority'>

/**
 * When what is used to reach a cluster is over. Only dates are read, and nothing is verified: whether a token is good is
 * the API server's to say. Throws Refused for a certificate that cannot be read, which no parsed kubeconfig has.
 */
export function credentialEnds({ token, clientCertificate, certificateAuthority }: Resting): CredentialEnd[] {
  return [
    ...(token === undefined ? [] : [end('token', tokenEnd(token))]),
    ...(clientCertificate === undefined ? [] : [end('client-certificate', leafEnd(clientCertificate.certificate))]),
    ...(certificateAuthority === undefined ? [] : [end('certificate-authority', bundleEnd(certificateAuthority))]),
  ]
}

function end(of: CredentialEnd['of'], at: Date | undefined): CredentialEnd {
  return at === undefined ? { of } : { of, at }
}

/** `exp` of a JWT (RFC 7519, 4.1.4). An opaque token does not say, nor does the one of a ServiceAccount's Secret. */
export function tokenEnd(token: string): Date | undefined {
  const [, payload, signature] = token.split('.')
  if (payload === undefined || signature === undefined) return undefined
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
    return dated((numberAt(claims, 'exp') ?? Number.NaN) * 1000)
  } catch {
    return undefined
  }
}

function leafEnd(text: string): Date | undefined {
  const [leaf] = certificatesOf({ text, field: 'client-certificate' })
  return leaf === undefined ? undefined : endOf(leaf)
}

/** Of a bundle the last: while an authority is replaced, the one that goes stays in it until it is over. */
function bundleEnd(text: string): Date | undefined {
  const ends = certificatesOf({ text, field: 'certificate-authority' }).map((each) => endOf(each)?.getTime())
  return dated(Math.max(...ends.filter((each) => each !== undefined)))
}

function endOf({ validTo }: X509Certificate): Date | undefined {
  return dated(Date.parse(validTo))
}

/** What lies outside the dates there are (±8.64e15 ms) says nothing. */
function dated(milliseconds: number): Date | undefined {
  const date = new Date(milliseconds)
  return Number.isNaN(date.getTime()) ? undefined : date
}
