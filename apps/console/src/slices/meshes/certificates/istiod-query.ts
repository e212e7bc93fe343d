import { api } from '../../../api/api.ts'

/** A connection to each istiod of a mesh: not asked for again by itself. */
export function istiodQuery(mesh: string) {
  return api.security.istiodCertificates.queryOptions({ input: { mesh }, staleTime: 60_000, refetchInterval: false })
}
