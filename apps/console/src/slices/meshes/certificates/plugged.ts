import type { PluggedCa } from '@orbweaver/contracts/certificates'
import type { Root } from '@orbweaver/istio/certificates/make'

export type PlugMethod = 'generate' | 'renew' | 'upload'

/** Of a root that is to be made. */
export type RootWish = { organization: string; years: number }

export type PlugValues = RootWish & {
  method: PlugMethod
  days: number
  rootCert: string
  rootKey: string
  caCert: string
  caKey: string
  certChain: string
}

export const newPlug: PlugValues = {
  method: 'generate',
  organization: 'Istio',
  years: 10,
  days: 730,
  rootCert: '',
  rootKey: '',
  caCert: '',
  caKey: '',
  certChain: '',
}

export type Wish = { values: PlugValues; cluster: string; namespace: string; root: Root | undefined }

/**
 * What will be sent: an intermediate under the root that was made or given, or the files as they are. The library is large
 * and comes when it is needed. Rejects with CaKeyError where the root's key is none.
 */
export async function caOf({ values, cluster, namespace, root }: Wish): Promise<PluggedCa> {
  const { caCert, caKey, certChain, rootCert, rootKey, method, days } = values
  if (method === 'upload') return { caCert, caKey, certChain, rootCert }
  const { makeIntermediate } = await import('@orbweaver/istio/certificates/make')
  const under = method === 'generate' && root !== undefined ? root : { certificate: rootCert, key: rootKey }
  return makeIntermediate(under, { cluster, namespace, days, now: new Date() })
}

export async function rootOf({ organization, years }: RootWish): Promise<Root> {
  const { makeRoot } = await import('@orbweaver/istio/certificates/make')
  return makeRoot({ organization, years, now: new Date() })
}
