import { type JsonRecord, textAt } from '@orbweaver/contracts/json'
import { loadValues, type AllValues } from '@orbweaver/istio/values/schema'
import { searchValues } from '@orbweaver/istio/values/search'
import { Diff } from '@orbweaver/ui/diff'
import { Skeleton } from '@orbweaver/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { Input, Segmented } from 'antd'
import { useMemo, useState } from 'react'
import { kubernetesYamlText } from '@orbweaver/istio/kubernetes-yaml'
import { stringify } from 'yaml'
import { withPath } from '../draft.ts'
import { type Entry, entriesOf, sidesOf } from './entries.ts'
import './other-values.css'
import { useOtherText } from './text.ts'
import { ValueDetail } from './value-detail.tsx'
import { ValueList } from './value-list.tsx'

type Props = { spec: JsonRecord; onSpec: (spec: JsonRecord) => void; member?: string | undefined }
type Show = 'all' | 'set' | 'diff'

/** Every value of the mesh's version: looked for, read about, set and taken out; each edit changes one path of the draft. */
export function OtherValues(props: Props) {
  const t = useOtherText()
  const all = useQuery({ queryKey: ['istio-values'], queryFn: loadValues, staleTime: Number.POSITIVE_INFINITY })
  if (all.data === undefined) return <Skeleton lines={8} />
  if ((textAt(props.spec, 'version') ?? '') === '') return <p className="ow-soft">{t('noVersion')}</p>
  return <Known {...props} all={all.data} />
}

function Known(props: Props & { all: AllValues }) {
  const t = useOtherText()
  const { all, spec } = props
  const known = useMemo(() => entriesOf(all, spec), [all, spec])
  const [show, setShow] = useState<Show>('all')
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState<string>()
  if (known === undefined) return <p className="ow-soft">{t('unknownVersion')}</p>
  const { schema, entries } = known
  const set = entries.filter(({ given }) => given !== undefined)
  const entry = entries.find(({ path }) => path === chosen)
  const write = (each: Entry, value: Parameters<typeof withPath>[2]) =>
    props.onSpec(withPath(spec, ['values', ...each.keys], value))
  return (
    <div className="mesh-values">
      <p className="ow-soft">
        {t(props.member === undefined ? 'lead' : 'leadMember', { minor: schema.minor, cluster: props.member ?? '' })}
      </p>
      <div className="mesh-values-bar">
        <Segmented<Show>
          tabIndex={-1}
          aria-label={t('show')}
          value={show}
          onChange={setShow}
          options={[
            { value: 'all', label: t('all') },
            { value: 'set', label: t('set', { count: set.length }) },
            { value: 'diff', label: t('diff') },
          ]}
        />
        {show !== 'diff' && (
          <Input
            type="search"
            aria-label={t('search')}
            placeholder={t('searchHint')}
            allowClear
            value={query}
            onChange={({ target }) => setQuery(target.value)}
            onKeyDown={(event) => {
              // It lies in a form that Enter would send.
              if (event.key === 'Enter') event.preventDefault()
            }}
          />
        )}
      </div>
      {show === 'diff' ? (
        <Difference entries={set} />
      ) : (
        <ValueList
          entries={found(show === 'set' ? set : entries, query)}
          chosen={chosen}
          onChoose={setChosen}
          show={show}
        />
      )}
      {show !== 'diff' && entry === undefined && <p className="ow-soft">{t('choose')}</p>}
      {show !== 'diff' && entry !== undefined && (
        <ValueDetail
          key={entry.path}
          entry={entry}
          ofMember={props.member !== undefined}
          onValue={(value) => write(entry, value)}
        />
      )}
    </div>
  )
}

function found(entries: readonly Entry[], query: string): Entry[] {
  const searched = searchValues(
    entries.map(({ path, field }) => field ?? { path, doc: '', type: { form: 'object' }, deprecated: false }),
    query,
  )
  const byPath = new Map(entries.map((each) => [each.path, each]))
  return searched.flatMap(({ path }) => byPath.get(path) ?? [])
}

function Difference(props: { entries: readonly Entry[] }) {
  const t = useOtherText()
  if (props.entries.length === 0) return <p className="ow-soft">{t('diffNone')}</p>
  const { before, after } = sidesOf(props.entries)
  const text = (document: JsonRecord) =>
    Object.keys(document).length === 0 ? '' : stringify(document, kubernetesYamlText)
  return <Diff label={t('diff')} before={text(before)} after={text(after)} />
}
