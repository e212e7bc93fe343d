import { recordAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { credentialLayouts } from '../certificates/credential.ts'
import { decoded } from '../certificates/secret.ts'
import { kinds } from '../world/kinds.ts'
import type { MeshWorld } from './world.ts'
import { type CertificateFacts, certificateFacts } from './x509-facts.ts'

/** Of a Secret that is not there: files seldom have any, as others make them, and one alone may still come. */
export function severityWithout({ clusters }: Pick<MeshWorld, 'clusters'>): 'error' | 'warning' {
  return clusters.some((view) => view.list(kinds.secret).length > 0) ? 'error' : 'warning'
}

/** Why no gateway can use a Secret: as sentences tell it. */
export type CredentialFault = 'no-keys' | 'no-certificate' | 'ended' | 'not-yet'

/**
 * What istiod refuses a credential for (istio pilot/pkg/credentials/kube ExtractCertInfo, pilot/pkg/xds ValidateCertificate,
 * 1.31). Of a Secret that is held without its data nothing is said.
 */
export function credentialFault(secret: KubernetesObject, now: Date): CredentialFault | undefined {
  const data = { ...recordAt(secret, 'data'), ...recordAt(secret, 'stringData') }
  const layouts = Object.values(credentialLayouts)
  if (Object.keys(data).length === 0) return undefined
  if (!layouts.some(({ certificate, key }) => certificate in data && key in data)) return 'no-keys'
  const facts = certificateOf(secret)
  if (facts === 'unknown') return undefined
  if (facts === undefined) return 'no-certificate'
  if (now.getTime() > facts.notAfter) return 'ended'
  return now.getTime() < facts.notBefore ? 'not-yet' : undefined
}

/** The first certificate of a credential; unknown where it is held without its data. */
export function certificateOf(secret: KubernetesObject): CertificateFacts | undefined | 'unknown' {
  const text = Object.values(credentialLayouts)
    .map(({ certificate }) => textAt(secret, 'stringData', certificate) ?? plain(textAt(secret, 'data', certificate)))
    .find((each) => each !== '')
  return text === undefined ? 'unknown' : certificateFacts(text)
}

function plain(base64: string | undefined): string {
  if (base64 === undefined || base64 === '') return ''
  const text = decoded(base64)
  return text === '' ? base64 : text
}
