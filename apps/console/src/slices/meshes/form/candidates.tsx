import type { Candidate } from '@orbweaver/contracts/candidate'
import { Running } from '../overview/running.tsx'
import { foundKey } from './choice.ts'
import { useFormText } from './text.ts'

const mostShown = 5

/** What is known of the control planes that can be chosen, the chosen one first: installed by whom, settings, proxies. */
export function Candidates(props: { cluster: string; candidates: readonly Candidate[]; chosen: string }) {
  const t = useFormText()
  const { cluster, candidates, chosen } = props
  const all = candidates.toSorted((a, b) => Number(foundKey(b) === chosen) - Number(foundKey(a) === chosen))
  return all.slice(0, mostShown).map((each) => (
    <Running
      key={foundKey(each)}
      running={each.running}
      cluster={cluster}
      title={t('candidate', { revision: each.revision, namespace: each.namespace })}
      facts={[
        { label: t('version'), value: each.version },
        { label: t('proxies'), value: each.proxies },
      ]}
    />
  ))
}
