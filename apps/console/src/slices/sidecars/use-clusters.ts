import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'

/** The clusters of a mesh by name; none while they are not known. */
export function useClusters(mesh: string): string[] {
  const detail = useQuery(api.meshes.get.queryOptions({ input: { name: mesh } }))
  return (detail.data?.members ?? []).map((member) => member.cluster)
}
