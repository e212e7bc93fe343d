import type { ClusterTruth } from '@orbweaver/contracts/envelope'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { NotThere } from '../../app/explain/compared.tsx'
import { QueryView } from '../../app/query-view.tsx'
import { Truths } from '../../app/truths.tsx'

/** The one question that a page compares with a plan; nothing where what it is about is not there. */
export function DraftAnswer<Compared>(props: {
  query: UseQueryResult<{ answers: (Compared | null)[]; clusters: ClusterTruth[] }>
  children: (compared: Compared) => ReactNode
}) {
  return (
    <QueryView query={props.query}>
      {({ answers: [compared], clusters }) => (
        <section>
          <Truths truths={clusters} />
          {compared === null || compared === undefined ? <NotThere /> : props.children(compared)}
        </section>
      )}
    </QueryView>
  )
}
