import type { Intent } from '@orbweaver/contracts/intent'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { meshOf } from './place-of.ts'

/** The mesh an intent is about; of an undo that of the change, where it has one. */
export function useMeshOf(intent: Intent): string | undefined {
  const undone = intent.type === 'history.undo' ? intent.change : undefined
  const change = useQuery(
    api.history.get.queryOptions({ input: { name: undone ?? '' }, enabled: undone !== undefined }),
  )
  return undone === undefined ? meshOf(intent) : change.data?.mesh
}
