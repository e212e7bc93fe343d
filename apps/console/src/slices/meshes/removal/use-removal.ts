import type { Intent } from '@orbweaver/contracts/intent'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../api/api.ts'
import { usePlan } from '../../../app/plan/use-plan.ts'

/** What must be done before a mesh, or these members, can go; while a fix is planned and carried out the dialog makes room. */
export function useRemoval(name: string, leaving?: readonly string[]) {
  const plan = usePlan()
  const [away, setAway] = useState(false)
  const [behind, setBehind] = useState<readonly string[]>([])
  const query = useQuery(
    api.meshes.removal.queryOptions({
      input: { name, ...(leaving !== undefined && { leaving: leaving.join(',') }) },
    }),
  )
  const fix = (intent: Intent) => {
    setAway(true)
    plan.open(intent, {
      onClosed: () => {
        setAway(false)
        void query.refetch()
      },
    })
  }
  const toggle = (cluster: string) =>
    setBehind((now) => (now.includes(cluster) ? now.filter((each) => each !== cluster) : [...now, cluster]))
  return { query, away, fix, behind, toggle }
}
