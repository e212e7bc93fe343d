import type { RawSearch } from '../../../app/location.ts'
import type { CertificatePlace } from '../../../paths.ts'

export const certificateTabs = ['authority', 'proxies'] as const
export type CertificateTab = (typeof certificateTabs)[number]

/** Which workloads' proxies are asked: those of one namespace, or one of them. */
export type CertificateSearch = Omit<CertificatePlace, 'tab'> & { tab: CertificateTab }

export function readCertificateSearch({ tab, cluster, namespace, workload }: RawSearch): CertificateSearch {
  const given = (value: string | undefined) => (value === undefined || value === '' ? undefined : value)
  const found = { cluster: given(cluster), namespace: given(namespace), workload: given(workload) }
  return {
    tab: certificateTabs.find((each) => each === tab) ?? 'authority',
    ...(found.cluster !== undefined && { cluster: found.cluster }),
    ...(found.namespace !== undefined && { namespace: found.namespace }),
    ...(found.workload !== undefined && { workload: found.workload }),
  }
}
