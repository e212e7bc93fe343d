import type { FindingsPage } from '@orbweaver/contracts/findings'
import type { Severity } from '@orbweaver/contracts/plan'
import { FilterSelect, named } from '@orbweaver/ui/filter-select'
import { StatusShape } from '@orbweaver/ui/status'
import { Button } from 'antd'
import { severityHealth } from '../../../app/found-cell.tsx'
import type { SearchChange } from '../../../app/location.ts'
import { type FindingSearch, severities, severitiesOf, split } from './search.ts'
import { useFoundText } from './text.ts'

type Narrowing = {
  counts: FindingsPage['counts'] | undefined
  /** Clusters of the mesh, by name; a choice only where there are several. */
  clusters: readonly string[]
  search: FindingSearch
  onChange: (change: SearchChange<FindingSearch>) => void
}

/** How much there is of each severity; each count narrows the list to it. */
export function SeverityCounts(props: Narrowing) {
  const t = useFoundText()
  const { counts, search, onChange } = props
  const chosen = severitiesOf(search)
  const choose = (severity: Severity) => {
    const next = chosen.includes(severity) ? chosen.filter((each) => each !== severity) : [...chosen, severity]
    onChange({ severities: next.length === 0 ? undefined : next.join(','), page: undefined })
  }
  return (
    <fieldset className="ow-severities" aria-label={t('bySeverity')}>
      {severities.map((severity) => (
        <button
          key={severity}
          type="button"
          className="ow-severity"
          aria-pressed={chosen.includes(severity)}
          title={t(`severityHint.${severity}`)}
          onClick={() => choose(severity)}
        >
          <StatusShape health={severityHealth[severity]} />
          {t(`severity.${severity}`)}
          <span className="ow-number">{counts?.severities[severity] ?? '–'}</span>
        </button>
      ))}
      <button
        type="button"
        className="ow-severity"
        aria-pressed={search.muted === 'only'}
        title={t('mutedHint')}
        onClick={() => onChange({ muted: search.muted === 'only' ? undefined : 'only', page: undefined })}
      >
        {t('muted')}
        <span className="ow-number">{counts?.muted ?? '–'}</span>
      </button>
    </fieldset>
  )
}

/** Further ways to narrow it; what can be chosen is what is there under all other filters. */
export function FindingFilters(props: Narrowing) {
  const t = useFoundText()
  const { counts, clusters, search, onChange } = props
  const [code] = split(search.codes)
  const [kind] = split(search.kinds)
  const option = (value: string, count: number) => ({ value, label: `${value} (${count})` })
  return (
    <>
      <FilterSelect
        label={t('code')}
        all={t('anyCode')}
        value={code}
        options={(counts?.codes ?? []).map((each) => option(each.code, each.count))}
        onChange={(codes) => onChange({ codes, page: undefined })}
      />
      <FilterSelect
        label={t('kind')}
        all={t('anyKind')}
        value={kind}
        options={(counts?.kinds ?? []).map((each) => option(each.kind, each.count))}
        onChange={(kinds) => onChange({ kinds, page: undefined })}
      />
      <FilterSelect
        label={t('namespace')}
        all={t('anyNamespace')}
        value={search.namespace}
        options={(counts?.namespaces ?? []).map((each) => option(each.namespace, each.count))}
        onChange={(namespace) => onChange({ namespace, page: undefined })}
      />
      {(clusters.length > 1 || search.cluster !== undefined) && (
        <FilterSelect
          label={t('cluster')}
          all={t('anyCluster')}
          value={search.cluster}
          options={named(clusters)}
          onChange={(cluster) => onChange({ cluster, page: undefined })}
        />
      )}
      {search.name !== undefined && (
        <Button
          onClick={({ currentTarget }) => {
            // It goes with the filter that it names.
            currentTarget.closest('.ow-toolbar')?.querySelector<HTMLElement>('[data-page-search]')?.focus()
            onChange({ name: undefined, page: undefined })
          }}
        >
          {t('onlyObject', { name: search.name })} ×
        </Button>
      )}
    </>
  )
}
