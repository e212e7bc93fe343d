import { numberAt, textAt } from '@orbweaver/contracts/json'
import type { X509Certificate } from '@peculiar/x509'

/** Of which kind a certificate's public key is: its algorithm as WebCrypto calls it, the curve, the length in bits. */
export function publicKeyOf({ publicKey }: X509Certificate) {
  const algorithm: unknown = publicKey.algorithm
  return {
    name: textAt(algorithm, 'name') ?? '',
    curve: textAt(algorithm, 'namedCurve'),
    bits: numberAt(algorithm, 'modulusLength'),
  }
}
