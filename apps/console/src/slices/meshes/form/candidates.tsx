import { Running } from '../overview/running.tsx'
import { adoptable, type ClusterChoice, foundKey } from './choice.ts'
import { useFormText } from './text.ts'

const mostShown = 5

/** What is known of the control planes that can be adopted, the chosen one first: installed by whom, settings, proxies. */
export function Candidates(props: { choice: ClusterChoice | undefined; chosen: string | undefined }) {
  const t = useFormText()
  const { choice, chosen } = props
  if (choice === undefined) return null
  const all = adoptable(choice).toSorted((a, b) => Number(foundKey(b) === chosen) - Number(foundKey(a) === chosen))
  return all.slice(0, mostShown).map((each) => (
    <Running
      key={foundKey(each)}
      running={each.running}
      cluster={choice.name}
      title={t('candidate', { revision: each.revision, namespace: each.namespace })}
      facts={[
        { label: t('version'), value: each.version },
        { label: t('proxies'), value: each.proxies },
      ]}
    />
  ))
}
